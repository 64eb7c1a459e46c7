package hikkoshi.lab.tests;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.IntStream;

import hikkoshi.core.model.NameServer;
import hikkoshi.core.model.Side;
import hikkoshi.core.probe.DnsQuestion;
import hikkoshi.dns.Lookup;
import hikkoshi.testkit.Wait;

/// The domains of the lab's part `move` at their two servers, NSD (`a`) and Knot (`b`), each of which is told by itself what to serve.
final class MovingDomains {
	/// Of the MX, in seconds.
	static final int TTL = 8;
	private static final int LONG = 60;

	private final Lab lab;
	private final Lookup lookup;
	private final int count;
	private int serial = 10;

	MovingDomains(Lab lab, Lookup lookup) {
		this.lab = lab;
		this.lookup = lookup;
		count = lab.port("move.domains");
	}

	static String name(int domain) {
		return "m" + domain + ".test";
	}

	List<Integer> all() {
		return IntStream.rangeClosed(1, count).boxed().toList();
	}

	/// Returns when the server answers so for all of them.
	///
	/// @param which `a` or `b`
	/// @param mx where mail goes; as long as that is OLD, a backup takes it too
	void serve(String which, Side mx) throws Exception {
		serial++;
		Path folder = Path.of(lab.get("dir"), "move");
		for (int domain : all()) {
			String text = """
					@ %1$d SOA ns1.test. hostmaster.test. %2$d 3600 600 86400 6
					@ %1$d NS ns1.test.
					@ %1$d NS ns2.test.
					mail-old %1$d A %3$s
					mail-new %1$d A %4$s
					@ %5$d MX 10 mail-%6$s
					""".formatted(LONG, serial, lab.get("old.address"), lab.get("new.address"), TTL, mx.token())
					+ (mx == Side.OLD ? "@ " + TTL + " MX 20 backup\nbackup " + TTL + " A 127.0.40.99\n" : "");
			Path part = Files.writeString(folder.resolve("zones/part"), text);
			Files.move(part, folder.resolve("zones/m" + domain + "." + which), StandardCopyOption.ATOMIC_MOVE);
		}
		MovingZone.run(which.equals("a") ? List.of("kill", "-HUP", Files.readString(folder.resolve("nsd/nsd.pid")).strip())
				: List.of("/usr/sbin/knotc", "-c", folder.resolve("knot/knot.conf").toString(), "-b", "zone-reload"));
		NameServer server = new NameServer(which, lab.address("move." + which), NameServer.DNS_PORT);
		for (int domain : all()) {
			DnsQuestion question = new DnsQuestion(name(domain), "SOA", server, false, false, false);
			Wait.until("server " + which + " to read " + name(domain),
					() -> lookup.ask(question).answer().stream().anyMatch(record -> record.toString().contains(" " + serial + " 3600 ")));
		}
	}
}
