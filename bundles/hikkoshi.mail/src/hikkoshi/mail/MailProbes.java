package hikkoshi.mail;

import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;

import hikkoshi.core.model.Protocol;
import hikkoshi.core.probe.Probe;
import hikkoshi.core.probe.ProbeSet;
import hikkoshi.core.text.Phrases;
import hikkoshi.mail.internal.arrival.ArrivalProbe;
import hikkoshi.mail.internal.capability.ClientNamesProbe;
import hikkoshi.mail.internal.capability.ContentsProbe;
import hikkoshi.mail.internal.capability.DoorProbe;
import hikkoshi.mail.internal.capability.ImapProfile;
import hikkoshi.mail.internal.discover.AutoconfigProbe;
import hikkoshi.mail.internal.discover.AutodiscoverProbe;
import hikkoshi.mail.internal.discover.PortProbe;
import hikkoshi.mail.internal.login.LoginProbe;
import hikkoshi.mail.internal.recipient.LocalProbe;
import hikkoshi.mail.internal.recipient.RecipientProbe;
import hikkoshi.mail.internal.token.Tokens;

/// What this leaf can ask: one line per probe.
public final class MailProbes implements ProbeSet {
	private final Tokens tokens = new Tokens();
	private final List<Probe<?>> probes = List.of(
			new DoorProbe("imap.capability", Protocol.IMAP),
			new DoorProbe("pop3.capa", Protocol.POP3),
			new DoorProbe("smtp.ehlo", Protocol.SUBMISSION, Protocol.SMTP),
			new ClientNamesProbe(),
			new RecipientProbe(),
			new LoginProbe("imap.login", Protocol.IMAP, tokens),
			new LoginProbe("pop3.login", Protocol.POP3, tokens),
			new LoginProbe("submission.login", Protocol.SUBMISSION, tokens),
			LoginProbe.looking("imap.profile", Protocol.IMAP, tokens, ImapProfile::look),
			new ContentsProbe(tokens),
			new LocalProbe(tokens),
			new ArrivalProbe(Protocol.IMAP, tokens),
			new ArrivalProbe(Protocol.POP3, tokens),
			new AutoconfigProbe(),
			new AutodiscoverProbe(),
			new PortProbe());

	@Override
	public List<Probe<?>> probes() {
		return probes;
	}

	@Override
	public ResourceBundle texts(Locale locale) {
		return Phrases.bundle(MailProbes.class, locale);
	}
}
