package hikkoshi.rehearsal.mail;

/// One way to talk to a mail server: a protocol and how it comes to TLS.
public enum MailService {
	/// RFC 3501 with STARTTLS; port 143 elsewhere.
	IMAP(false),
	/// IMAP within TLS from the first byte (RFC 8314); 993.
	IMAPS(true),
	/// RFC 1939 with STLS (RFC 2595); 110.
	POP3(false),
	/// POP3 within TLS; 995.
	POP3S(true),
	/// RFC 6409 with STARTTLS; 587.
	SUBMISSION(false),
	/// Submission within TLS (RFC 8314); 465.
	SUBMISSIONS(true),
	/// Mail from other servers (RFC 5321) with STARTTLS, no login; 25.
	MX(false);

	private final boolean implicitTls;

	MailService(boolean implicitTls) {
		this.implicitTls = implicitTls;
	}

	public boolean implicitTls() {
		return implicitTls;
	}
}
