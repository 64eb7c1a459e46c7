package hikkoshi.dns.tests.dnssec;

import static hikkoshi.dns.tests.dnssec.SignedWorld.NOW;
import static hikkoshi.dns.tests.dnssec.SignedWorld.name;
import static hikkoshi.dns.tests.dnssec.SignedWorld.signer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.RRSIGRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

import hikkoshi.dns.dnssec.Dnssec;
import hikkoshi.dns.dnssec.Security;
import hikkoshi.dns.dnssec.Security.State;
import hikkoshi.dns.dnssec.Security.Why;
import hikkoshi.dns.tests.dnssec.SignedWorld.Signer;

class DnssecTest {
	private static final Name EXAMPLE = name("example.test.");
	private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

	private final SignedWorld world;
	private final Signer zone;

	DnssecTest() throws Exception {
		world = new SignedWorld();
		zone = signer("example.test.");
		world.delegate(world.tld, zone);
		world.keys(zone);
		world.put(zone, mx());
	}

	private static Record mx() {
		return new MXRecord(EXAMPLE, DClass.IN, 300, 10, name("mail.example.test."));
	}

	private Security judge(Name name, int type) throws Exception {
		return new Dnssec(world, List.of(world.anchor()), CLOCK).judge(name, type);
	}

	@Test
	void aChainFromTheAnchorIsSecureAndSaysUntilWhen() throws Exception {
		assertThat(judge(EXAMPLE, Type.MX)).isEqualTo(new Security(State.SECURE, Why.NONE, "", "", zone.to()));
		world.put(zone.dated(NOW.minus(Duration.ofDays(1)), NOW.plusSeconds(60)), mx());
		assertThat(judge(EXAMPLE, Type.MX).until()).isEqualTo(NOW.plusSeconds(60));
	}

	@Test
	void aNoIsProvenToo() throws Exception {
		world.deny(zone, EXAMPLE, Type.AAAA, Type.MX, Type.SOA, Type.NS, Type.RRSIG, Type.NSEC, Type.DNSKEY);
		assertThat(judge(EXAMPLE, Type.AAAA).state()).isEqualTo(State.SECURE);
		world.deny(zone, EXAMPLE, Type.AAAA, Type.MX, Type.AAAA, Type.RRSIG, Type.NSEC);
		assertThat(judge(EXAMPLE, Type.AAAA).state()).as("the NSEC says that it is there").isEqualTo(State.BOGUS);
	}

	@Test
	void aZoneWithoutDsIsProvenInsecure() throws Exception {
		world.deny(world.tld, EXAMPLE, Type.DS, Type.NS, Type.RRSIG, Type.NSEC);
		world.putUnsigned(mx());
		Security security = judge(EXAMPLE, Type.MX);
		assertThat(security.state()).as(security.toString()).isEqualTo(State.INSECURE);
	}

	/// The set whose signatures are dated otherwise.
	@ParameterizedTest
	@CsvSource({"mx, -10, -1, EXPIRED, example.test MX", "keys, -10, -1, EXPIRED, example.test DNSKEY", "ds, -10, -1, EXPIRED, example.test DS", "mx, 1, 10, NOT_YET, example.test MX",
			"keys, 2, 10, NOT_YET, example.test DNSKEY"})
	void theDatesOfSignaturesAreTheReason(String what, int from, int to, Why why, String set) throws Exception {
		Instant begin = NOW.plus(Duration.ofDays(from));
		Instant end = NOW.plus(Duration.ofDays(to));
		switch (what) {
			case "mx" -> world.put(zone.dated(begin, end), mx());
			case "keys" -> world.keys(zone.dated(begin, end));
			default -> world.delegate(world.tld.dated(begin, end), zone);
		}
		Security security = judge(EXAMPLE, Type.MX);
		assertThat(List.<Object>of(security.state(), security.why(), security.zone())).as(security.toString()).containsExactly(State.BOGUS, why, set);
		assertThat(security.until()).isEqualTo(why == Why.EXPIRED ? end : begin);
	}

	@Test
	void anExpiredSignatureBesideAGoodOneIsNoFault() throws Exception {
		Message good = world.at(EXAMPLE, Type.MX);
		world.put(zone.dated(NOW.minus(Duration.ofDays(20)), NOW.minus(Duration.ofDays(5))), mx());
		Record expired = world.at(EXAMPLE, Type.MX).getSection(Section.ANSWER).stream().filter(RRSIGRecord.class::isInstance).findFirst().orElseThrow();
		world.put(zone, mx());
		world.at(EXAMPLE, Type.MX).addRecord(expired, Section.ANSWER);
		assertThat(good.getSection(Section.ANSWER)).hasSize(2);
		assertThat(judge(EXAMPLE, Type.MX).state()).isEqualTo(State.SECURE);
	}

	@Test
	void dsWithoutKeysIsNamed() throws Exception {
		world.denyUnsigned(EXAMPLE, EXAMPLE, Type.DNSKEY);
		world.putUnsigned(mx());
		Security security = judge(EXAMPLE, Type.MX);
		assertThat(List.<Object>of(security.state(), security.why(), security.zone())).as(security.toString()).containsExactly(State.BOGUS, Why.NO_DNSKEY, "example.test");
	}

	@Test
	void dsOfAnotherKeyIsNamed() throws Exception {
		world.delegate(world.tld, signer("example.test."));
		Security security = judge(EXAMPLE, Type.MX);
		assertThat(List.<Object>of(security.state(), security.why(), security.zone())).as(security.toString()).containsExactly(State.BOGUS, Why.DS_MISMATCH, "example.test");
	}

	@Test
	void anAnswerWithoutSignaturesIsNamed() throws Exception {
		world.putUnsigned(mx());
		Security security = judge(EXAMPLE, Type.MX);
		assertThat(List.<Object>of(security.state(), security.why())).as(security.toString()).containsExactly(State.BOGUS, Why.UNSIGNED);
	}

	@Test
	void aForgedAnswerIsBogus() throws Exception {
		Message message = world.at(EXAMPLE, Type.MX);
		Record signature = message.getSection(Section.ANSWER).stream().filter(RRSIGRecord.class::isInstance).findFirst().orElseThrow();
		world.putUnsigned(new MXRecord(EXAMPLE, DClass.IN, 300, 10, name("evil.example.test.")), signature);
		Security security = judge(EXAMPLE, Type.MX);
		assertThat(List.<Object>of(security.state(), security.why())).as(security.toString()).containsExactly(State.BOGUS, Why.OTHER);
		assertThat(security.detail()).isNotBlank();
	}

	@Test
	void anAliasIsFollowedIntoAnotherZone() throws Exception {
		Signer other = signer("other.test.");
		world.delegate(world.tld, other);
		world.keys(other);
		Name alias = name("mail.example.test.");
		Name target = name("mail.other.test.");
		Record cname = new CNAMERecord(alias, DClass.IN, 300, target);
		world.put(zone, cname);
		Message link = world.at(alias, Type.CNAME);
		Record address = new ARecord(target, DClass.IN, 300, InetAddress.ofLiteral("192.0.2.1"));
		world.put(other, address);
		SignedWorld all = world;
		Dnssec dnssec = new Dnssec((name, type) -> name.equals(alias) && type == Type.A ? link.clone() : all.ask(name, type), List.of(world.anchor()), CLOCK);
		assertThat(dnssec.judge(alias, Type.A).state()).isEqualTo(State.SECURE);
		world.putUnsigned(address);
		world.deny(other, target, Type.DS, Type.A, Type.RRSIG, Type.NSEC);
		assertThat(dnssec.judge(alias, Type.A).state()).isEqualTo(State.BOGUS);
	}

	@ParameterizedTest
	@CsvSource({"example.test., DS", "example.test., DNSKEY", "test., DNSKEY", "., DNSKEY", "example.test., MX"})
	void whatNobodyAnswersIsNoFaultOfTheZone(String name, String type) throws Exception {
		world.silence(name(name), Type.value(type));
		Security security = judge(EXAMPLE, Type.MX);
		assertThat(security.state()).as(security.toString()).isEqualTo(State.INDETERMINATE);
		assertThat(security.detail()).contains("TIMEOUT");
	}

	@Test
	void anotherAnchorProvesNothing() throws Exception {
		Security security = new Dnssec(world, List.of(new SignedWorld().anchor()), CLOCK).judge(EXAMPLE, Type.MX);
		assertThat(security.state()).isEqualTo(State.BOGUS);
		assertThat(new Dnssec(world, List.of(), CLOCK).judge(EXAMPLE, Type.MX)).isEqualTo(Security.UNJUDGED);
		assertThat(new Dnssec(world, List.of("20326 8 2 zz"), CLOCK).judge(EXAMPLE, Type.MX).state()).as("an anchor that is none").isEqualTo(State.INDETERMINATE);
	}

	@Test
	void anInterruptEndsIt() {
		Dnssec dnssec = new Dnssec((_, _) -> {
			throw new InterruptedException();
		}, List.of(world.anchor()), CLOCK);
		assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> dnssec.judge(EXAMPLE, Type.MX));
	}
}
