package hikkoshi.ui.mailbox.watch;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.ScrolledComposite;
import org.eclipse.swt.layout.GridLayout;
import org.eclipse.swt.widgets.Composite;

import hikkoshi.core.chart.WatchCharts;
import hikkoshi.core.document.Picture;

/// The charts of one domain below one another. UI thread only.
final class ChartsPane {
	private static final int SCROLL = 20;
	/// From there on two stand beside one another.
	private static final int WIDE = 1_300;

	private final ScrolledComposite scrolled;
	private final Composite body;
	private final List<PictureCanvas> canvases = new ArrayList<>();

	ChartsPane(Composite parent) {
		scrolled = new ScrolledComposite(parent, SWT.V_SCROLL);
		body = new Composite(scrolled, SWT.NONE);
		GridLayoutFactory.fillDefaults().spacing(0, 8).applyTo(body);
		for (int i = 0; i < WatchCharts.values().length; i++) {
			PictureCanvas canvas = new PictureCanvas(body);
			GridDataFactory.fillDefaults().grab(true, false).applyTo(canvas);
			canvases.add(canvas);
		}
		scrolled.setContent(body);
		scrolled.setExpandHorizontal(true);
		scrolled.getVerticalBar().setIncrement(SCROLL);
		scrolled.addListener(SWT.Resize, _ -> layout());
	}

	Composite control() {
		return scrolled;
	}

	void show(Map<WatchCharts, Picture> pictures) {
		for (int i = 0; i < canvases.size(); i++) {
			canvases.get(i).show(pictures.get(WatchCharts.values()[i]));
		}
		layout();
	}

	private void layout() {
		int width = scrolled.getClientArea().width;
		((GridLayout) body.getLayout()).numColumns = width > WIDE ? 2 : 1;
		body.setSize(body.computeSize(width, SWT.DEFAULT));
		body.layout(true);
	}
}
