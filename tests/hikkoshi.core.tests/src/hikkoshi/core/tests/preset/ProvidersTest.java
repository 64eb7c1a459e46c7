package hikkoshi.core.tests.preset;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.URI;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import hikkoshi.core.compare.MessageLimit;
import hikkoshi.core.evidence.NoEvidence;
import hikkoshi.core.evidence.Reason;
import hikkoshi.core.model.DomainName;
import hikkoshi.core.model.Protocol;
import hikkoshi.core.model.Security;
import hikkoshi.core.model.Server;
import hikkoshi.core.model.Side;
import hikkoshi.core.preset.Provider;
import hikkoshi.core.preset.Provider.Limit;
import hikkoshi.core.preset.Provider.Sourced;
import hikkoshi.core.preset.Providers;
import hikkoshi.core.text.Phrases;

class ProvidersTest {
	private static final Providers KNOWN = Providers.known();

	@ParameterizedTest(name = "{0}: {1}")
	@CsvSource({ "imap.gmail.com, gmail", "ASPMX.L.GOOGLE.COM, gmail", "alt1.aspmx.l.google.com, gmail", "example-org.mail.protection.outlook.com, microsoft365",
			"outlook.office365.com, microsoft365", "mta5.am0.yahoodns.net, yahoo", "mx01.mail.icloud.com, icloud", "in1-smtp.messagingengine.com, fastmail",
			"imap.gmail.com.example.org, -", "xaspmx.l.google.com, -", "mail.protection.outlook.com.evil.test, -", "messagingengine.com, -", "mail.example.org, -" })
	void aHostTellsItsProvider(String host, String id) {
		assertThat(KNOWN.of(List.of(DomainName.parse(host))).map(Provider::id).orElse("-")).isEqualTo(id);
	}

	@Test
	void everyFactHasAPageAndADay() {
		for (Provider provider : KNOWN.all()) {
			List<Sourced<?>> facts = Stream.concat(Stream.of(provider.doors(), provider.logins()), provider.limits().values().stream()).<Sourced<?>>map(fact -> fact).toList();
			assertThat(facts).allSatisfy(fact -> {
				assertThat(URI.create(fact.source()).getScheme()).isEqualTo("https");
				assertThat(fact.read()).isAfter(LocalDate.of(2026, 1, 1));
			});
			assertThat(provider.doors().fact()).as(provider.id()).isNotEmpty().allSatisfy(door -> {
				assertThat(door.endpoint().security()).isNotEqualTo(Security.NONE);
				assertThat(provider.has(door.host())).isTrue();
			}).anySatisfy(door -> assertThat(door.endpoint().protocol()).isEqualTo(Protocol.IMAP));
			assertThat(provider.limits().values()).allSatisfy(limit -> assertThat(limit.fact()).isPositive());
		}
	}

	@Test
	void everyLimitHasWords() {
		for (Locale locale : List.of(Locale.ENGLISH, Locale.JAPANESE)) {
			for (Limit limit : Limit.values()) {
				String id = "discover.provider-limit." + limit.token();
				assertThat(Phrases.of(locale, List.of()).say(Reason.of(id, "Provider", 15, "https://p.test/", LocalDate.of(2026, 11, 25)))).contains("Provider", "15", "https://p.test/")
						.isNotEqualTo(id);
			}
		}
	}

	@Test
	void aPublishedLimitCountsWhereTheServerWasNotAsked() throws Exception {
		Server fresh = new Server("fresh", Side.NEW, DomainName.parse("imap.mail.me.com"), List.of(InetAddress.getLoopbackAddress()), List.of(), List.of());
		Server other = new Server("other", Side.NEW, DomainName.parse("mail.example.org"), List.of(InetAddress.getLoopbackAddress()), List.of(), List.of());

		assertThat(MessageLimit.of(List.of(fresh, other), Side.NEW, new NoEvidence())).isEqualTo(OptionalLong.of(20_000_000));
		assertThat(MessageLimit.of(List.of(fresh), Side.OLD, new NoEvidence())).isEmpty();
		assertThat(MessageLimit.of(List.of(other), Side.NEW, new NoEvidence())).isEmpty();
	}
}
