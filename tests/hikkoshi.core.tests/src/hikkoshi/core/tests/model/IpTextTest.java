package hikkoshi.core.tests.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import hikkoshi.core.model.IpText;

class IpTextTest {
	@ParameterizedTest
	@CsvSource({"192.0.2.1, 192.0.2.1, 192.0.2.1:993", "0:0:0:0:0:0:0:1, ::1, [::1]:993", "::, ::, [::]:993",
		"2001:0DB8:0:0:1:0:0:1, 2001:db8::1:0:0:1, [2001:db8::1:0:0:1]:993", "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1, [2001:db8:0:1:1:1:1:1]:993",
		"2001:db8::, 2001:db8::, [2001:db8::]:993", "fe80::1%lo, fe80::1, [fe80::1]:993"})
	void isWhatPeopleWrite(String literal, String text, String withPort) {
		InetAddress address = InetAddress.ofLiteral(literal.replaceAll("%.*", ""));
		assertThat(IpText.of(address)).isEqualTo(text);
		assertThat(IpText.withPort(address, 993)).isEqualTo(withPort);
		assertThat(InetAddress.ofLiteral(IpText.of(address))).isEqualTo(address);
	}
}
