package hikkoshi.mail.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.TreeSet;

import org.junit.jupiter.api.Test;

import hikkoshi.core.arrival.ArrivalReasons;
import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.model.Protocol;
import hikkoshi.core.model.Security;
import hikkoshi.core.probe.Finding;
import hikkoshi.core.probe.Probe;
import hikkoshi.core.probe.ProbeSet;
import hikkoshi.core.probe.Reasons;
import hikkoshi.mail.MailProbes;
import hikkoshi.mail.internal.arrival.LookReasons;
import hikkoshi.mail.internal.login.Outcomes;
import hikkoshi.mail.internal.wire.Phase;
import hikkoshi.mail.internal.wire.Trust;
import hikkoshi.testkit.MailFault;
import hikkoshi.testkit.MailProtocol;
import hikkoshi.testkit.MailScripts;
import hikkoshi.testkit.ScriptedServer;
import hikkoshi.testkit.TlsKit;

/// Every id of this leaf has words in both languages.
class TextsTest {
	private final MailProbes probes = new MailProbes();
	private final ResourceBundle english = probes.texts(Locale.ENGLISH);
	private final ResourceBundle japanese = probes.texts(Locale.JAPANESE);

	@Test
	void bothLanguagesHaveTheSameKeysAndPlaces() {
		assertThat(new TreeSet<>(japanese.keySet())).isEqualTo(new TreeSet<>(english.keySet()));
		for (String key : english.keySet()) {
			assertThat(new MessageFormat(japanese.getString(key)).getFormats()).as(key).hasSameSizeAs(new MessageFormat(english.getString(key)).getFormats());
			assertThat(english.getString(key) + japanese.getString(key)).as(key).isNotBlank().doesNotContain("'");
		}
		assertThat(japanese.getString("imap.login.title")).isNotEqualTo(english.getString("imap.login.title"));
	}

	@Test
	void everyProbeHasATitleAndHelp() {
		assertThat(probes.probes().stream().map(Probe::id)).containsExactly("imap.capability", "pop3.capa", "smtp.ehlo", "tls.client-names", "smtp.recipient", "imap.login", "pop3.login", "submission.login", "imap.profile", "imap.contents", "submission.local", "imap.arrivals", "pop3.arrivals", "discover.autoconfig", "discover.autodiscover",
				"discover.port");
		probes.probes().forEach(probe -> assertThat(english.keySet()).contains(probe.id() + ".title", probe.id() + ".help"));
	}

	/// The component file is read by OSGi only; a misspelt name would show as a product without mail.
	@Test
	void theServiceIsDeclared() throws Exception {
		try (InputStream in = MailProbes.class.getResourceAsStream("/OSGI-INF/" + MailProbes.class.getName() + ".xml")) {
			assertThat(in).isNotNull();
			String xml = new String(in.readAllBytes(), StandardCharsets.UTF_8);
			assertThat(xml).contains("class=\"" + MailProbes.class.getName() + "\"", "interface=\"" + ProbeSet.class.getName() + "\"");
		}
	}

	@Test
	void everyReasonOfThisLeafHasASentenceAndARemedy() {
		for (String id : new String[] { Outcomes.TURNED_AWAY, Outcomes.NO_MAILBOX, Outcomes.DOOR_CLEAR, Trust.ENDS_SOON }) {
			assertThat(english.keySet()).contains(id, id + ".remedy");
		}
	}

	@Test
	void everyReasonOfALookHasASentence() throws IllegalAccessException {
		for (var field : ArrivalReasons.class.getFields()) {
			if (field.get(null) instanceof String id && !id.endsWith(".arrivals")) {
				assertThat(english.keySet()).contains(id);
			}
		}
		assertThat(english.keySet()).contains(LookReasons.REFUSED);
	}

	@Test
	void everyFactHasALabel() throws Exception {
		Set<String> keys = new TreeSet<>();
		TlsKit tls = new TlsKit(Bench.NAME);
		for (MailProtocol protocol : MailProtocol.values()) {
			for (MailFault fault : new MailFault[] { MailFault.NONE, MailFault.SELF_SIGNED, MailFault.BAD_CREDENTIALS }) {
				for (boolean implicit : new boolean[] { true, false }) {
					keys.addAll(keys(protocol, fault, implicit, tls));
				}
			}
		}
		for (Phase phase : Phase.values()) {
			if (phase != Phase.RECIPIENT && phase != Phase.MESSAGE) {
				assertThat(keys).contains(phase.key());
			}
		}
		assertThat(english.keySet()).contains("fact." + Phase.RECIPIENT.key(), "fact." + Phase.MESSAGE.key());
		assertThat(keys).allSatisfy(key -> assertThat(english.keySet()).contains("fact." + key));
	}

	private static Set<String> keys(MailProtocol protocol, MailFault fault, boolean implicit, TlsKit tls) throws Exception {
		try (ScriptedServer server = ScriptedServer.start(MailScripts.of(protocol, implicit, fault, tls))) {
			Finding finding = new Bench().at(Protocol.valueOf(protocol.name()), implicit ? Security.TLS : Security.STARTTLS, server.port()).trust(tls.anchor())
					.examine();
			Set<String> keys = new TreeSet<>();
			Bench.all((hikkoshi.core.evidence.Facts.Tree) finding.facts()).forEach(tree -> keys.add(tree.key()));
			return keys;
		}
	}

	/// What core knows about connections and logins, this leaf must judge; only guesses and guards may be left to the default.
	@Test
	void everyReasonOfCoreHasAnOutcome() throws IllegalAccessException {
		Set<String> unknown = new TreeSet<>();
		for (var field : Reasons.class.getFields()) {
			if (Modifier.isStatic(field.getModifiers()) && field.get(null) instanceof String id && Outcomes.of(id) == Outcome.UNKNOWN) {
				unknown.add(id);
			}
		}
		assertThat(unknown).contains(Reasons.CONNECT_TIMEOUT, Reasons.UNREACHABLE, Reasons.READ_TIMEOUT, Reasons.TOO_SLOW, Reasons.RESET, Reasons.CLOSED,
				Reasons.SERVER_BUSY, Reasons.MAILBOX_BUSY, Reasons.THROTTLED, Reasons.NO_SECRET, Reasons.LOCKOUT_GUARD, Reasons.ACCOUNT_GUARD, Reasons.UNEXPECTED)
				.doesNotContain(Reasons.LOGIN_OK, Reasons.REFUSED, Reasons.BAD_CREDENTIALS, Reasons.LOGIN_CLEARTEXT, Reasons.TLS_EXPIRED);
	}
}
