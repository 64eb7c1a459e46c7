package hikkoshi.core.tests.format;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import hikkoshi.core.format.Fault;
import hikkoshi.core.format.MigrationProject;

/// The files of a sound migration, to be spoilt by tests.
final class Projects {
	static final String MIGRATION = """
			format: hikkoshi/1
			name: Example move
			servers:
			  old:
			    - key: mx-old
			      name: mail.old.example
			      addresses: [192.0.2.1, "2001:db8::1"]
			      endpoints: [imap:993/tls, imap:143/starttls, pop3:995/tls, submission:587/starttls]
			      pins: []
			  new:
			    - key: mx-new
			      name: mail.new.example
			      addresses: [192.0.2.2]
			      endpoints: [imap:993/tls, pop3:995/tls, {protocol: submission, port: 465, security: tls}]
			domains:
			  - name: example.org
			    wave: first
			    old: mx-old
			    new: mx-new
			  - name: example.com
			waves:
			  - key: first
			    cutover: 2026-12-01T20:00:00+09:00
			  - key: main
			dns:
			  resolvers: [{label: Quad9, address: 9.9.9.9}, "127.0.0.1#5300"]
			  roots: []
			  authoritative-port: 53
			policy:
			  evidence-max-age: 12h
			  connections-per-server: 8
			  probe-timeout: 1m30s
			  quiet: 7d
			""";
	static final String MAILBOXES = """
			address,old_user,new_user,wave,note
			ann@example.org,ann,ann@example.org,first,
			bob@example.com,,,,"writes ""often"", and much"
			""";
	static final String CHECKLIST = """
			format: hikkoshi-checklist/1
			phases:
			  - key: prove
			    title: Prove
			    steps:
			      - key: prove-both
			        title: Prove both
			        text: Probe all accounts.
			        owner: Ann
			        gates:
			          - accounts: {sides: [old, new], protocols: [imap, submission], max-age: 6h}
			        rollback: None.
			  - key: cutover
			    title: Cutover
			    steps:
			      - key: switch-dns
			        title: Switch
			        gates:
			          - steps: [prove-both]
			          - dns-points-to: {side: old, max-age: 1h}
			          - ttl-drained: {}
			""";

	private Projects() {}

	static Path write(Path folder, String migration, String mailboxes, String checklist) throws IOException {
		Files.writeString(folder.resolve(MigrationProject.MIGRATION_FILE), migration);
		Files.write(folder.resolve(MigrationProject.MAILBOXES_FILE), mailboxes.getBytes(StandardCharsets.UTF_8));
		Files.writeString(folder.resolve(MigrationProject.CHECKLIST_FILE), checklist);
		return folder;
	}

	/// e.g. `mailboxes.csv:3:1 fault.mailbox.domain [example.net]`
	static List<String> brief(List<Fault> faults) {
		return faults.stream().map(f -> f.file() + ":" + f.line() + ":" + f.column() + " " + f.reason().id() + " " + f.reason().args()).toList();
	}

	static List<String> ids(List<Fault> faults) {
		return faults.stream().map(f -> f.reason().id()).toList();
	}

	/// Line and column (1-based) of the first place where a text stands.
	static String place(String text, String of) {
		int at = text.indexOf(of);
		String before = text.substring(0, at);
		return before.chars().filter(c -> c == '\n').count() + 1 + ":" + (at - before.lastIndexOf('\n'));
	}
}
