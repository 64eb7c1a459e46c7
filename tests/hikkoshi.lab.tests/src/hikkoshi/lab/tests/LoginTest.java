package hikkoshi.lab.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import hikkoshi.core.evidence.Evidence;
import hikkoshi.core.evidence.Facts;
import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.model.Account;
import hikkoshi.core.model.Side;
import hikkoshi.core.probe.Reasons;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Every door of both sides opens, by IPv4 and by IPv6, and the server's name is proven at its address.
@ExtendWith(WithLab.class)
class LoginTest {
	private final Lab lab;

	LoginTest(Lab lab) {
		this.lab = lab;
	}

	static Stream<Arguments> doors() {
		return Stream.of(Side.values()).flatMap(side -> Stream.of(Door.values()).flatMap(
				door -> Stream.of(side.token() + ".address", "ipv6.address").map(address -> Arguments.of(side, door, address))));
	}

	@ParameterizedTest
	@MethodSource("doors")
	void opens(Side side, Door door, String address) throws Exception {
		InetAddress at = lab.address(address);
		Evidence evidence = Probing.of(lab, Probing.PATIENT).one(lab.account(side, door, at, 2));
		assertThat(evidence.reason().id()).as(evidence.reason().toString()).isEqualTo(Reasons.LOGIN_OK);
		assertThat(evidence.outcome()).isEqualTo(Outcome.PASS);
		assertThat(evidence.reason().args().getFirst()).isEqualTo(door.protocol().name().toLowerCase(Locale.ROOT));
		assertThat(evidence.reason().args().get(1)).isEqualTo("TLSv1.3");
		assertThat(evidence.target().value()).contains("@" + lab.get(address) + "=");
	}

	@Test
	void everyUserOfBothSidesInOneRunAndNoPasswordInEvidence() throws Exception {
		List<Account> accounts = new ArrayList<>();
		for (Side side : Side.values()) {
			for (Door door : Door.values()) {
				for (int user = 1; user <= lab.port("users"); user++) {
					accounts.add(lab.account(side, door, user));
				}
			}
		}
		List<Evidence> found = Probing.of(lab, Probing.PATIENT).all(accounts);
		assertThat(found).hasSameSizeAs(accounts).allSatisfy(each -> {
			assertThat(each.reason().id()).isEqualTo(Reasons.LOGIN_OK);
			assertThat(text(each.facts())).doesNotContain("secret-").contains("TLSv1.3");
		});
		assertThat(found.stream().map(Evidence::target).distinct()).hasSameSizeAs(accounts);
	}

	static void assertReason(Evidence evidence, Outcome outcome, String id) {
		assertThat(evidence.reason().id()).as(evidence.reason() + "\n" + evidence.facts()).isEqualTo(id);
		assertThat(evidence.outcome()).isEqualTo(outcome);
	}

	static String text(Facts facts) {
		return switch (facts) {
			case Facts.Text(String text) -> text;
			case Facts.Table table -> table.rows().toString();
			case Facts.Tree tree -> tree.toString();
		};
	}
}
