package hikkoshi.ui.inventory.editor;

import org.eclipse.swt.widgets.Text;

/// Small things that the sections of the form share.
final class Fields {
	private Fields() {}

	/// Shows a value without disturbing a person who is typing it.
	static void show(Text field, String value) {
		if (!field.getText().equals(value)) {
			int caret = field.getCaretPosition();
			field.setText(value);
			field.setSelection(Math.min(caret, value.length()));
		}
	}
}
