package hikkoshi.core.document;

import java.util.List;

import hikkoshi.core.document.Block.Field;
import hikkoshi.core.document.Block.Fields;
import hikkoshi.core.document.Block.Figure;
import hikkoshi.core.document.Block.Grid;
import hikkoshi.core.document.Block.Heading;
import hikkoshi.core.document.Block.Notice;
import hikkoshi.core.document.Block.Paragraph;
import hikkoshi.core.document.Block.Steps;
import hikkoshi.core.document.Block.Subheading;

/// A [Document] as one HTML file that needs no other: it loads nothing, runs nothing, reads well on a telephone, in the dark and on paper.
public final class HtmlPage {
	private static final String HEAD = """
			<meta charset="utf-8">
			<meta name="viewport" content="width=device-width, initial-scale=1">
			<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
			<meta name="referrer" content="no-referrer">
			<style>
			:root { color-scheme: light dark; --ink: #1d2530; --soft: #5b6675; --line: #d5dbe3; --paper: #ffffff; --mark: #f3f6fa; --warn: #fff4dc; --edge: #b36b00; }
			@media (prefers-color-scheme: dark) {
			:root { --ink: #e6eaf0; --soft: #a3aebd; --line: #3b4554; --paper: #161b22; --mark: #202834; --warn: #3a2e14; --edge: #e0a030; } }
			body { margin: 0 auto; max-width: 44rem; padding: 1.5rem 1rem 3rem; background: var(--paper); color: var(--ink);
			font: 1rem/1.6 system-ui, "Segoe UI", "Hiragino Sans", "Noto Sans CJK JP", "Yu Gothic UI", Meiryo, sans-serif; overflow-wrap: anywhere; }
			h1 { font-size: 1.5rem; line-height: 1.3; margin: 0 0 1rem; }
			h2 { font-size: 1.15rem; margin: 2rem 0 .5rem; padding-top: .75rem; border-top: 1px solid var(--line); break-after: avoid; }
			h3 { font-size: 1rem; margin: 1.2rem 0 .25rem; break-after: avoid; }
			table { border-collapse: collapse; width: 100%; margin: .75rem 0; break-inside: avoid; }
			caption { text-align: left; font-weight: 600; padding: .25rem 0; }
			th, td { text-align: left; vertical-align: top; padding: .35rem .75rem .35rem 0; border-bottom: 1px solid var(--line); }
			th { font-weight: normal; color: var(--soft); width: 34%; }
			code { font: .95em ui-monospace, Menlo, Consolas, monospace; background: var(--mark); padding: .1em .35em; border-radius: .2em; user-select: all; }
			.note, .warning { margin: 1rem 0; padding: .6rem .9rem; background: var(--mark); border-left: .25rem solid var(--soft); break-inside: avoid; }
			.warning { background: var(--warn); border-color: var(--edge); }
			li { margin: .3rem 0; }
			figure { margin: 1rem 0; break-inside: avoid; }
			figure svg { width: 100%; height: auto; border: 1px solid var(--line); border-radius: .3em; }
			figcaption { color: var(--soft); font-size: .9em; }
			.grid { overflow-x: auto; font-size: .88em; overflow-wrap: break-word; }
			.grid th { width: auto; font-weight: 600; }
			.grid td { min-width: 3.5em; }
			@media print { body { max-width: none; padding: 0; font-size: 10.5pt; } }
			</style>
			""";

	private final StringBuilder html = new StringBuilder(8_000);

	private HtmlPage() {}

	public static String of(Document document) {
		HtmlPage page = new HtmlPage();
		page.html.append("<!DOCTYPE html>\n<html lang=\"").append(Plain.markup(document.language().toLanguageTag())).append("\">\n<head>\n").append(HEAD);
		if (document.blocks().stream().anyMatch(Figure.class::isInstance)) {
			page.html.append("<style>\n").append(Svg.styles()).append("</style>\n");
		}
		page.html.append("<title>").append(Plain.markup(document.title())).append("</title>\n</head>\n<body>\n");
		page.element("h1", document.title());
		document.blocks().forEach(page::block);
		return page.html.append("</body>\n</html>\n").toString();
	}

	private void block(Block block) {
		switch (block) {
			case Heading heading -> element("h2", heading.text());
			case Subheading heading -> element("h3", heading.text());
			case Paragraph paragraph -> element("p", paragraph.text());
			case Notice notice -> html.append(switch (notice.tone()) {
				case NOTE -> "<p class=\"note\">";
				case WARNING -> "<p class=\"warning\" role=\"note\">";
			}).append(Plain.markup(notice.text())).append("</p>\n");
			case Fields fields -> table(fields);
			case Steps steps -> {
				html.append("<ol>\n");
				steps.steps().forEach(step -> element("li", step));
				html.append("</ol>\n");
			}
			case Grid grid -> grid(grid);
			case Figure figure -> {
				html.append("<figure>\n").append(Svg.element(figure.picture()));
				element("figcaption", figure.picture().description());
				html.append("</figure>\n");
			}
		}
	}

	private void table(Fields fields) {
		html.append("<table>\n");
		if (!fields.caption().isEmpty()) {
			element("caption", fields.caption());
		}
		for (Field field : fields.fields()) {
			String value = field.isLiteral() ? "<code dir=\"ltr\">" + Plain.markup(field.value()) + "</code>" : Plain.markup(field.value());
			html.append("<tr><th scope=\"row\">").append(Plain.markup(field.label())).append("</th><td>").append(value).append("</td></tr>\n");
		}
		html.append("</table>\n");
	}

	private void grid(Grid grid) {
		html.append("<div class=\"grid\"><table>\n<tr>");
		grid.columns().forEach(column -> html.append("<th scope=\"col\">").append(Plain.markup(column)).append("</th>"));
		html.append("</tr>\n");
		for (List<String> row : grid.rows()) {
			html.append("<tr>");
			row.forEach(cell -> html.append("<td>").append(Plain.markup(cell)).append("</td>"));
			html.append("</tr>\n");
		}
		html.append("</table></div>\n");
	}

	private void element(String name, String text) {
		html.append('<').append(name).append('>').append(Plain.markup(text)).append("</").append(name).append(">\n");
	}
}
