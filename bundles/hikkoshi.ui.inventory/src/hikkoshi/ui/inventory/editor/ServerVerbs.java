package hikkoshi.ui.inventory.editor;

import java.util.Optional;

import org.eclipse.jface.dialogs.InputDialog;
import org.eclipse.jface.dialogs.MessageDialog;
import org.eclipse.jface.window.Window;
import org.eclipse.swt.dnd.Clipboard;
import org.eclipse.swt.dnd.TextTransfer;
import org.eclipse.swt.dnd.Transfer;
import org.eclipse.swt.widgets.Shell;

import hikkoshi.core.format.ServerEdits;
import hikkoshi.core.format.ServerEdits.Move;
import hikkoshi.core.format.ServerEdits.Place;
import hikkoshi.core.format.ServerUrl;
import hikkoshi.core.format.YamlDocument;
import hikkoshi.core.format.YamlEdit;
import hikkoshi.core.model.Side;
import hikkoshi.core.text.Phrases;

/// What a person does with servers, in the editor and in the view: each is one edit of the text, and says why when it cannot be. UI thread only.
public final class ServerVerbs {
	private static final String KEY = "[A-Za-z0-9][A-Za-z0-9._-]{0,63}";

	private final Shell shell;
	private final MigrationText text;
	private final Phrases words;

	ServerVerbs(Shell shell, MigrationText text, Phrases words) {
		this.shell = shell;
		this.text = text;
		this.words = words;
	}

	/// Where the server with a key stands in the text as it is.
	public Optional<Place> find(Side side, String key) {
		return text.yaml().flatMap(yaml -> ServerEdits.find(yaml, side, key));
	}

	/// Puts a server on the clipboard, one URL for each endpoint; never a password.
	public void copy(Place place) {
		String key = text.scalar(place.path("key"));
		String urls = text.migration().flatMap(migration -> migration.server(key)).map(server -> ServerUrl.of(server).text()).orElse("");
		if (urls.isEmpty()) {
			say("server.no-url", key);
			return;
		}
		Clipboard clipboard = new Clipboard(shell.getDisplay());
		clipboard.setContents(new Object[] {urls}, new Transfer[] {TextTransfer.getInstance()});
		clipboard.dispose();
	}

	/// Adds the servers on the clipboard to a side.
	///
	/// @return whether there were any
	public boolean paste(Side side) {
		Clipboard clipboard = new Clipboard(shell.getDisplay());
		Object content = clipboard.getContents(TextTransfer.getInstance());
		clipboard.dispose();
		return switch (ServerUrl.parse(content instanceof String pasted ? pasted : "")) {
			case ServerUrl.Pasted.Servers servers -> {
				text.edit(yaml -> ServerEdits.paste(yaml, side, servers.servers()));
				yield true;
			}
			case ServerUrl.Pasted.Refused refused -> {
				MessageDialog.openError(shell, words.say("server.paste"), words.say(refused.reason()));
				yield false;
			}
		};
	}

	/// Takes a server out of the text; asks first when domains refer to it.
	public void delete(Place place) {
		int references = text.yaml().map(yaml -> ServerEdits.references(yaml, place)).orElse(0);
		if (references == 0 || MessageDialog.openQuestion(shell, words.say("server.delete"),
				words.say("server.delete-used", text.scalar(place.path("key")), references))) {
			text.edit(yaml -> YamlEdit.remove(yaml, place.path()));
		}
	}

	/// Asks for another key, which the domains then refer to.
	public void rename(Place place) {
		InputDialog dialog = new InputDialog(shell, words.say("server.rename"), words.say("server.rename-to"), text.scalar(place.path("key")),
				key -> key.matches(KEY) ? null : words.say("server.bad-key"));
		if (dialog.open() == Window.OK) {
			text.edit(yaml -> ServerEdits.rename(yaml, place, dialog.getValue()));
		}
	}

	/// Moves a server to the other side; asks when domains must be brought in line with that.
	///
	/// @return whether it was moved
	public boolean move(Place place) {
		Optional<YamlDocument> yaml = text.yaml();
		if (yaml.isEmpty()) {
			return false;
		}
		return switch (ServerEdits.move(yaml.get(), place)) {
			case Move.Fine fine -> {
				text.edit(_ -> fine.edits());
				yield true;
			}
			case Move.Breaks breaks -> {
				boolean adapt = MessageDialog.openQuestion(shell, words.say("server.move"), words.say(breaks.reason()));
				if (adapt) {
					text.edit(_ -> breaks.adapted());
				}
				yield adapt;
			}
			case Move.Refused refused -> {
				MessageDialog.openInformation(shell, words.say("server.move"), words.say(refused.reason()));
				yield false;
			}
		};
	}

	private void say(String id, Object... args) {
		MessageDialog.openInformation(shell, words.say("server.title"), words.say(id, args));
	}
}
