package hikkoshi.testkit;

/// What a scripted mail server speaks.
public enum MailProtocol {
	IMAP, POP3, SUBMISSION
}
