package hikkoshi.core.report;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

import hikkoshi.core.watch.WatchNews;

/// Tells a program or a web hook that a verdict has changed, or that a straggler came. Neither may hold the watch up or end it: both have a time-out.
///
/// @param program gets the title as its argument, the verdict as JSON on its standard input
/// @param webhook gets the verdict as JSON; redirects are not followed
public record Notifier(@Nullable Path program, @Nullable URI webhook) {
	private static final Duration PATIENCE = Duration.ofSeconds(20);

	/// Whether there is anybody.
	public boolean tellsSomebody() {
		return program != null || webhook != null;
	}

	/// @throws IOException when somebody could not be told
	public void tell(WatchNews news, String title) throws IOException, InterruptedException {
		String json = WatchJson.of(news);
		Path run = program;
		if (run != null) {
			run(run, title, json);
		}
		URI to = webhook;
		if (to != null) {
			post(to, json);
		}
	}

	private static void run(Path program, String title, String json) throws IOException, InterruptedException {
		Process process = new ProcessBuilder(program.toString(), title).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
		try {
			try (var in = process.getOutputStream()) {
				in.write(json.getBytes(StandardCharsets.UTF_8));
			} catch (IOException e) {
				// it need not read it
			}
			if (!process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
				throw new IOException(program + " did not end within " + PATIENCE.toSeconds() + " s");
			}
			if (process.exitValue() != 0) {
				throw new IOException(program + " ended with " + process.exitValue());
			}
		} finally {
			process.destroyForcibly();
		}
	}

	private static void post(URI to, String json) throws IOException, InterruptedException {
		try (HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).followRedirects(HttpClient.Redirect.NEVER).build()) {
			HttpRequest request = HttpRequest.newBuilder(to).timeout(PATIENCE).header("Content-Type", "application/json")
					.POST(HttpRequest.BodyPublishers.ofString(json)).build();
			int status = client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
			if (status / 100 != 2) {
				throw new IOException(to.getHost() + " answered " + status);
			}
		}
	}
}
