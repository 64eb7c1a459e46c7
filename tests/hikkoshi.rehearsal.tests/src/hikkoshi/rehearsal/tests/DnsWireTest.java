package hikkoshi.rehearsal.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import hikkoshi.rehearsal.dns.DnsData;
import hikkoshi.rehearsal.dns.DnsFormatException;
import hikkoshi.rehearsal.dns.DnsMessage;
import hikkoshi.rehearsal.dns.DnsName;
import hikkoshi.rehearsal.dns.DnsRecord;
import hikkoshi.rehearsal.dns.DnsWire;

class DnsWireTest {

	private static final DnsName EXAMPLE = DnsName.of("example.test");

	private static DnsMessage answer(DnsRecord... records) {
		return new DnsMessage(0xabcd, true, 0, true, false, true, true, DnsMessage.NOERROR, new DnsMessage.Question(EXAMPLE, DnsData.MX, 1), List.of(records),
				List.of(), List.of(), 0, 0);
	}

	@Test
	void bytesOfAnMxAnswer() {
		DnsMessage message = answer(new DnsRecord(EXAMPLE, 300, new DnsData.MailExchanger(10, DnsName.of("mx.example.test"))));

		assertThat(HexFormat.of().formatHex(DnsWire.encode(message, 512))).isEqualTo("abcd" + "8580" + "0001" + "0001" + "0000" + "0000"
				+ "076578616d706c650474657374" + "00" + "000f" + "0001" + "c00c" + "000f" + "0001" + "0000012c" + "0007" + "000a" + "026d78" + "c00c");
	}

	@Test
	void everythingThatIsWrittenReadsBack() throws Exception {
		DnsMessage message = new DnsMessage(7, true, 0, false, false, false, true, DnsMessage.BADVERS, new DnsMessage.Question(EXAMPLE, DnsData.ANY, 1),
				List.of(new DnsRecord(EXAMPLE, 1, new DnsData.Address(InetAddress.ofLiteral("192.0.2.1"))),
						new DnsRecord(EXAMPLE, 2, new DnsData.Address(InetAddress.ofLiteral("2001:db8::1"))),
						new DnsRecord(EXAMPLE, 3, DnsData.Text.of("v=spf1 " + "x".repeat(600))),
						new DnsRecord(EXAMPLE, 4, new DnsData.Alias(DnsName.of("a.b.example.test"))),
						new DnsRecord(EXAMPLE, 4, new DnsData.Other(65_280, "00ff"))),
				List.of(new DnsRecord(EXAMPLE, 5, new DnsData.NameServer(DnsName.of("ns.example.test"))),
						new DnsRecord(EXAMPLE, 6, new DnsData.Authority(DnsName.of("ns.example.test"), DnsName.of("h.example.test"), 0xffff_fffeL, 1, 2, 3, 4))),
				List.of(new DnsRecord(DnsName.ROOT, 7, new DnsData.MailExchanger(65_535, DnsName.ROOT))), 1232, 0);

		assertThat(DnsWire.decode(DnsWire.encode(message, 65_535))).isEqualTo(message);
	}

	@Test
	void whatDoesNotFitIsCutAndSaysSo() throws Exception {
		DnsRecord[] many = new DnsRecord[100];
		Arrays.setAll(many, i -> new DnsRecord(EXAMPLE, 60, new DnsData.MailExchanger(i, DnsName.of("mx" + i + ".example.test"))));
		byte[] bytes = DnsWire.encode(answer(many), 512);

		assertThat(bytes.length).isLessThanOrEqualTo(512);
		assertThat(DnsWire.decode(bytes)).satisfies(cut -> {
			assertThat(cut.truncated()).isTrue();
			assertThat(cut.question()).isEqualTo(answer().question());
		});
		assertThat(DnsWire.decode(DnsWire.encode(answer(many), 65_535)).answers()).hasSize(100);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			a header cut off           | 00010000000100000000
			no room for the question   | 000100000001000000000000
			a pointer to itself        | 000100000001000000000000 c00c 0001 0001
			a pointer forward          | 000100000001000000000000 c020 0001 0001
			two pointers in a ring     | 000100000001000000000000 0161 c00c 0001 0001
			a label beyond the end     | 000100000001000000000000 3f61 0001 0001
			an unknown kind of label   | 000100000001000000000000 4061 00 0001 0001
			two questions              | 000100000002000000000000 00 0001 0001 00 0001 0001
			data beyond the end        | 000180000000000100000000 00 0001 0001 00000000 0004 7f0000
			an address of three bytes  | 000180000000000100000000 00 0001 0001 00000000 0003 7f0000
			a text longer than said    | 000180000000000100000000 00 0010 0001 00000000 0002 05 61
			more than its length       | 000180000000000100000000 00 000f 0001 00000000 0002 000a 00
			60,000 records             | 00018000000000000000ea60
			two OPT records            | 000100000000000000000002 00 0029 04d0 00000000 0000 00 0029 04d0 00000000 0000
			""")
	void whatIsNoMessageIsRefused(String why, String hex) {
		byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));

		assertThatThrownBy(() -> DnsWire.decode(bytes)).as(why).isInstanceOf(DnsFormatException.class);
	}

	@Test
	void noBytesWhateverTheyAreDoMoreThanFail() {
		Random random = new Random(42);
		byte[] good = DnsWire.encode(answer(new DnsRecord(EXAMPLE, 300, new DnsData.MailExchanger(10, DnsName.of("mx.example.test"))),
				new DnsRecord(EXAMPLE, 300, DnsData.Text.of("text"))), 512);
		int refused = 0;
		for (int i = 0; i < 20_000; i++) {
			byte[] bad = Arrays.copyOf(good, random.nextInt(good.length + 1));
			for (int k = random.nextInt(4); k > 0 && bad.length > 0; k--) {
				bad[random.nextInt(bad.length)] = (byte) random.nextInt();
			}
			try {
				DnsWire.decode(bad);
			} catch (DnsFormatException e) {
				refused++;
			}
		}
		assertThat(refused).isGreaterThan(10_000);
	}

	@Test
	void names() {
		assertThat(DnsName.of("Example.TEST.")).isEqualTo(EXAMPLE).hasSameHashCodeAs(EXAMPLE).hasToString("Example.TEST.");
		assertThat(DnsName.of("")).isEqualTo(DnsName.ROOT).hasToString(".");
		assertThat(DnsName.of("mx.example.test").isWithin(EXAMPLE)).isTrue();
		assertThat(DnsName.of("badexample.test").isWithin(EXAMPLE)).isFalse();
		assertThat(new DnsName(List.of("a.b", "test"))).isNotEqualTo(DnsName.of("a.b.test")).hasToString("a\\.b.test.");
		assertThat(new DnsName(List.of("\u0007\u00e4")).toString()).isEqualTo("\\007\\228.");
		assertThatThrownBy(() -> DnsName.of("a..test")).isInstanceOf(IllegalArgumentException.class);
		assertThatThrownBy(() -> DnsName.of("x".repeat(64))).isInstanceOf(IllegalArgumentException.class);
		assertThatThrownBy(() -> DnsName.of("x.".repeat(128))).isInstanceOf(IllegalArgumentException.class);
	}
}
