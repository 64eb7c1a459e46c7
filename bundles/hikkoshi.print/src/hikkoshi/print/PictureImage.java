package hikkoshi.print;

import java.awt.Color;
import java.io.IOException;

import org.openpdf.text.DocumentException;
import org.openpdf.text.Image;
import org.openpdf.text.pdf.BaseFont;
import org.openpdf.text.pdf.PdfContentByte;
import org.openpdf.text.pdf.PdfTemplate;
import org.openpdf.text.pdf.PdfWriter;

import hikkoshi.core.document.Ink;
import hikkoshi.core.document.Picture;
import hikkoshi.core.document.Plain;
import hikkoshi.core.document.Shape;
import hikkoshi.core.document.Shape.Box;
import hikkoshi.core.document.Shape.Dot;
import hikkoshi.core.document.Shape.Line;
import hikkoshi.core.document.Shape.Text;

/// Paints a [Picture] as vectors. PDF counts from the lower left corner.
final class PictureImage {
	private final PdfContentByte page;
	private final BaseFont font;
	private final float height;

	private PictureImage(PdfContentByte page, BaseFont font, float height) {
		this.page = page;
		this.font = font;
		this.height = height;
	}

	/// @param width that it may have on the page
	static Image of(Picture picture, BaseFont font, PdfWriter writer, float width) throws IOException {
		PdfTemplate template = writer.getDirectContent().createTemplate(picture.width(), picture.height());
		PictureImage painter = new PictureImage(template, font, picture.height());
		picture.shapes().forEach(painter::paint);
		try {
			Image image = Image.getInstance(template);
			image.scalePercent(Math.min(100, 100 * width / picture.width()));
			image.setSpacingBefore(6);
			image.setAlt(Plain.of(picture.title()));
			return image;
		} catch (DocumentException e) {
			throw new IOException(e);
		}
	}

	private static Color colour(Ink ink) {
		return new Color(ink.rgb(false));
	}

	private void paint(Shape shape) {
		switch (shape) {
			case Box box -> {
				page.setColorFill(colour(box.ink()));
				page.rectangle((float) box.x(), height - (float) (box.y() + box.height()), (float) box.width(), (float) box.height());
				page.fill();
			}
			case Line line -> {
				page.setColorStroke(colour(line.ink()));
				page.setLineWidth(1);
				if (line.isDashed()) {
					page.setLineDash(5, 3, 0);
				} else {
					page.setLineDash(0);
				}
				page.moveTo((float) line.x1(), height - (float) line.y1());
				page.lineTo((float) line.x2(), height - (float) line.y2());
				page.stroke();
			}
			case Dot dot -> dot(dot);
			case Text text -> {
				page.beginText();
				page.setFontAndSize(font, Picture.TEXT);
				page.setColorFill(colour(text.ink()));
				page.showTextAligned(switch (text.anchor()) {
					case START -> PdfContentByte.ALIGN_LEFT;
					case MIDDLE -> PdfContentByte.ALIGN_CENTER;
					case END -> PdfContentByte.ALIGN_RIGHT;
				}, Plain.of(text.words()), (float) text.x(), height - (float) text.y(), 0);
				page.endText();
			}
		}
	}

	private void dot(Dot dot) {
		float x = (float) dot.x();
		float y = height - (float) dot.y();
		float size = (float) dot.size();
		switch (dot.form()) {
			case DISC -> {
				page.setColorFill(colour(dot.ink()));
				page.circle(x, y, size);
				page.fill();
			}
			case RING -> {
				page.setColorStroke(colour(dot.ink()));
				page.setLineDash(0);
				page.circle(x, y, size);
				page.stroke();
			}
			case SQUARE -> {
				page.setColorFill(colour(dot.ink()));
				page.rectangle(x - size, y - size, 2 * size, 2 * size);
				page.fill();
			}
		}
	}
}
