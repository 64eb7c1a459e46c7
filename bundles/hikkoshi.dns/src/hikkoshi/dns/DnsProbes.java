package hikkoshi.dns;

import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;

import org.xbill.DNS.Type;

import hikkoshi.core.probe.Probe;
import hikkoshi.core.probe.ProbeSet;
import hikkoshi.core.text.Phrases;
import hikkoshi.dns.trace.TraceProbe;

/// The DNS probes. A new one is a line here and its words in `texts*.properties`.
public final class DnsProbes implements ProbeSet {
	@Override
	public List<Probe<?>> probes() {
		return List.of(
				new MxProbe(),
				new RecordProbe("dns.a", Type.A),
				new RecordProbe("dns.aaaa", Type.AAAA),
				new NsProbe(),
				new RecordProbe("dns.soa", Type.SOA),
				new RecordProbe("dns.txt", Type.TXT),
				new SetupNameProbe(),
				new WatchProbe(),
				new DiscoverDnsProbe(),
				new DiscoverHostProbe(),
				new TraceProbe());
	}

	@Override
	public ResourceBundle texts(Locale locale) {
		return Phrases.bundle(DnsProbes.class, locale);
	}
}
