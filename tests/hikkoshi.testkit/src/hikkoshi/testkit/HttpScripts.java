package hikkoshi.testkit;

import static hikkoshi.testkit.Script.script;

import java.nio.charset.StandardCharsets;

import javax.net.ssl.SSLContext;

import org.jspecify.annotations.Nullable;

import hikkoshi.testkit.Script.Rules;

/// A web server for one request per connection: what each request line is answered with, over TLS or not. Built up, then [#whole].
public final class HttpScripts {
	private final @Nullable SSLContext tls;
	private final Rules rules = new Rules();

	private HttpScripts(@Nullable SSLContext tls) {
		this.tls = tls;
	}

	public static HttpScripts https(SSLContext context) {
		return new HttpScripts(context);
	}

	public static HttpScripts http() {
		return new HttpScripts(null);
	}

	/// Answers requests whose first line matches (e.g. `GET /mail/.*`) with this, once the head has come.
	public HttpScripts on(String requestLine, Script answer) {
		rules.leaveOn(requestLine, script().serve(new Rules().on(".+", script()).leaveOn("", script())).then(answer));
		return this;
	}

	/// What is not listed does not exist.
	public Script whole() {
		on(".*", reply(404, "text/plain", "not here"));
		Script start = tls == null ? script() : script().startTls(tls);
		return start.serve(rules).close();
	}

	/// A whole answer.
	public static Script reply(int status, String type, String body, String... headers) {
		byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
		String more = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
		return script().send("HTTP/1.1 " + status + " Whatever\r\nContent-Type: " + type + "\r\nContent-Length: " + bytes.length + "\r\n" + more + "\r\n").send(bytes);
	}

	public static Script xml(String body) {
		return reply(200, "text/xml; charset=utf-8", body);
	}

	public static Script redirect(int status, String location) {
		return reply(status, "text/plain", "", "Location: " + location);
	}

	/// Begins an answer whose body never ends by its own account.
	public static Script endless(long bytes) {
		return script().send("HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n\r\n<clientConfig>").flood("<x/>", bytes);
	}
}
