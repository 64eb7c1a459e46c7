package hikkoshi.mail.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import hikkoshi.core.secret.Secret;
import hikkoshi.mail.internal.login.Credentials;
import hikkoshi.mail.internal.login.Scram;
import hikkoshi.mail.internal.wire.Stop;
import hikkoshi.mail.internal.wire.Words;

/// The example of RFC 7677, 3, and what a false server could try.
class ScramTest {
	private static final String NONCE = "rOprNGfwEbeRWgbNEkqO";
	private static final String SERVER_FIRST = "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096";
	private static final String CLIENT_FINAL =
			"c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=";
	private static final String SERVER_FINAL = "v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=";

	private final Words words = new Words();
	private final Credentials credentials = Credentials.of("user", Secret.of("pencil"), words);
	private final Scram scram = new Scram(Scram.Hash.SHA_256, credentials, NONCE);

	@AfterEach
	void wipe() {
		credentials.close();
		words.close();
	}

	private String next(String challenge) throws Stop {
		return new String(scram.next(challenge.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
	}

	@Test
	void theExampleOfTheRfc() throws Stop {
		assertThat(next("")).isEqualTo("n,,n=user,r=rOprNGfwEbeRWgbNEkqO");
		assertThat(next(SERVER_FIRST)).isEqualTo(CLIENT_FINAL);
		assertThat(scram.done()).as("the server has proven nothing yet").isFalse();
		assertThat(next(SERVER_FINAL)).isEmpty();
		assertThat(scram.done()).isTrue();
	}

	/// RFC 5802, 5.
	@Test
	void theExampleWithSha1() throws Stop {
		Scram sha1 = new Scram(Scram.Hash.SHA_1, credentials, "fyko+d2lbbFgONRv9qkxdawL");

		sha1.next(new byte[0]);
		byte[] proof = sha1.next("r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,s=QSXCR+Q6sek8bf92,i=4096".getBytes(StandardCharsets.UTF_8));
		sha1.next("v=rmF9pqV8S7suAoZWja4dJRkFsKQ=".getBytes(StandardCharsets.UTF_8));

		assertThat(new String(proof, StandardCharsets.UTF_8)).isEqualTo("c=biws,r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,p=v0X8v3Bz2T0CJGbJQyF0X+HI4Ts=");
		assertThat(sha1.name()).isEqualTo("SCRAM-SHA-1");
		assertThat(sha1.done()).isTrue();
	}

	@Test
	void aFalseProofOfTheServerIsNoticed() throws Stop {
		next("");
		next(SERVER_FIRST);

		assertThatThrownBy(() -> next("v=7rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=")).isInstanceOf(Stop.class);
		assertThat(scram.done()).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "r=another,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096", "r=rOprNGfwEbeRWgbNEkqO,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096",
			"r=rOprNGfwEbeRWgbNEkqOx,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4", "r=rOprNGfwEbeRWgbNEkqOx,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=2147483647",
			"r=rOprNGfwEbeRWgbNEkqOx,s=!!,i=4096", "r=rOprNGfwEbeRWgbNEkqOx,i=4096", "" })
	void aFalseChallengeIsNotAnswered(String challenge) throws Stop {
		next("");

		assertThatThrownBy(() -> next(challenge)).isInstanceOf(Stop.class);
	}

	@Test
	void namesWithCommasAreEscaped() throws Stop {
		try (Credentials odd = Credentials.of("a=b,c", Secret.of("x"), words)) {
			assertThat(new String(new Scram(Scram.Hash.SHA_256, odd, NONCE).next(new byte[0]), StandardCharsets.UTF_8)).isEqualTo("n,,n=a=3Db=2Cc,r=" + NONCE);
		}
	}

	@Test
	void nothingOfItIsPrinted() {
		assertThat(credentials.toString()).doesNotContain("pencil");
	}
}
