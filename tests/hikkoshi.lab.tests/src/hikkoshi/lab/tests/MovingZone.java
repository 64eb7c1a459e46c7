package hikkoshi.lab.tests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

import hikkoshi.core.model.NameServer;
import hikkoshi.core.probe.DnsAnswer;
import hikkoshi.core.probe.DnsQuestion;
import hikkoshi.dns.Lookup;
import hikkoshi.testkit.Wait;

/// `conv.test` at its two servers, NSD (`a`) and Knot (`b`), each of which is told by itself what to serve.
final class MovingZone {
	/// For how long a "no" may be kept, in seconds.
	static final int NEGATIVE = 6;
	private static final int LONG = 60;

	private final Lab lab;
	private final Lookup lookup;
	private int serial = 10;

	MovingZone(Lab lab, Lookup lookup) {
		this.lab = lab;
		this.lookup = lookup;
	}

	NameServer server(String which) {
		return new NameServer(which, lab.address("converge." + which), NameServer.DNS_PORT);
	}

	/// Returns when the server answers so.
	///
	/// @param mx first label of the MX host
	/// @param dmarc whether `_dmarc` exists
	void serve(String which, int ttl, String mx, boolean dmarc) throws Exception {
		serial++;
		String text = """
				@ %1$d SOA ns1 hostmaster %2$d 3600 600 86400 %3$d
				@ %1$d NS ns1
				@ %1$d NS ns2
				ns1 %1$d A %4$s
				ns2 %1$d A %5$s
				mail-old %1$d A %6$s
				mail-new %1$d A %7$s
				@ %8$d MX 10 %9$s
				""".formatted(LONG, serial, NEGATIVE, lab.get("converge.a"), lab.get("converge.b"), lab.get("old.address"), lab.get("new.address"), ttl, mx)
				+ (dmarc ? "_dmarc " + ttl + " TXT \"v=DMARC1; p=none\"\n" : "");
		Path folder = Path.of(lab.get("dir"), "converge");
		Path part = Files.writeString(folder.resolve("zones/conv.part"), text);
		Files.move(part, folder.resolve("zones/conv." + which), StandardCopyOption.ATOMIC_MOVE);
		run(which.equals("a") ? List.of("kill", "-HUP", Files.readString(folder.resolve("nsd/nsd.pid")).strip())
				: List.of("/usr/sbin/knotc", "-c", folder.resolve("knot/knot.conf").toString(), "-b", "zone-reload", "conv.test"));
		DnsQuestion question = new DnsQuestion("conv.test", "SOA", server(which), false, false, false);
		Wait.until("server " + which + " to read its zone", () -> isServed(question));
	}

	private boolean isServed(DnsQuestion question) throws IOException, InterruptedException {
		DnsAnswer answer = lookup.ask(question);
		return answer.answer().stream().anyMatch(record -> record.toString().contains(" " + serial + " 3600 "));
	}

	static void run(List<String> command) throws IOException, InterruptedException {
		Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
		if (process.waitFor() != 0) {
			throw new IOException(command + " failed");
		}
	}
}
