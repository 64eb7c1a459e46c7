package hikkoshi.core.tests.chart;

import static hikkoshi.core.tests.watch.Scene.HOUR;
import static hikkoshi.core.tests.watch.Scene.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.junit.jupiter.api.Test;

import hikkoshi.core.evidence.Facts;
import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.evidence.Reason;
import hikkoshi.core.model.DnsSettings;
import hikkoshi.core.model.DomainName;
import hikkoshi.core.model.EmailAddress;
import hikkoshi.core.model.Endpoint;
import hikkoshi.core.model.OutsideSender;
import hikkoshi.core.model.Policy;
import hikkoshi.core.model.Protocol;
import hikkoshi.core.model.Security;
import hikkoshi.core.probe.Finding;
import hikkoshi.core.probe.ProbeContext;
import hikkoshi.core.report.Letter;
import hikkoshi.core.report.NewsMail;
import hikkoshi.core.report.NewsPost;
import hikkoshi.core.secret.Secrets;
import hikkoshi.core.tests.watch.Scene;
import hikkoshi.core.text.Phrases;
import hikkoshi.core.watch.Verdict.State;
import hikkoshi.core.watch.WatchNews;

/// Many news are few letters, and none is lost while a server takes nothing.
class NewsMailTest {
	private static final EmailAddress ME = EmailAddress.parse("me@freemail.example");
	private static final OutsideSender BY =
			new OutsideSender("free", new DomainName("smtp.freemail.example"), List.of(), new Endpoint(Protocol.SUBMISSION, 465, Security.TLS), "me", ME);

	private final List<Letter> letters = new ArrayList<>();
	private Outcome answer = Outcome.PASS;
	private final ProbeContext context = new ProbeContext(Clock.systemUTC(), Secrets.none(), Policy.DEFAULT, DnsSettings.DEFAULT, List.of());
	private final NewsPost post = (letter, _, _) -> {
		letters.add(letter);
		return new Finding(answer, Reason.of(answer == Outcome.PASS ? NewsPost.SENT : NewsPost.REFUSED, letter.to(), "550 no"), Facts.NONE);
	};
	private final NewsMail mail = new NewsMail(post, BY, ME, _ -> "id", Phrases.of(Locale.ENGLISH, List.of()));
	private final List<WatchNews> news = List.of(new WatchNews.Turned(new Scene("ann").watch(HOUR), State.RUNNING));

	@Test
	void whatComesWithinAWhileGoesIntoOneLetter() throws Exception {
		mail.flush(at(0), false, context);
		assertThat(letters).as("nothing is new").isEmpty();
		mail.add(news);
		mail.flush(at(0), false, context);
		for (int i = 1; i < 10; i++) {
			mail.add(news);
			mail.flush(at(i * 30), false, context);
		}
		assertThat(letters).singleElement().satisfies(letter -> {
			assertThat(letter.subject()).isEqualTo("example.org: nobody can tell whether propagation has ended.");
			assertThat(letter.text()).contains("  - Nobody has asked the name servers of example.org.");
			assertThat(letter.to()).isEqualTo(ME);
		});
		mail.flush(at(660), false, context);
		assertThat(letters).last().satisfies(letter -> assertThat(letter.subject()).endsWith("(and 8 more)"));
		mail.add(news);
		mail.flush(at(661), true, context);
		assertThat(letters).as("the last one waits for nothing").hasSize(3);
	}

	@Test
	void whatWasNotTakenIsHeldAndSaid() throws Exception {
		answer = Outcome.FAIL;
		mail.add(news);
		assertThatThrownBy(() -> mail.flush(at(0), false, context)).isInstanceOf(IOException.class).hasMessageContaining("550 no");
		answer = Outcome.PASS;
		mail.flush(at(60), false, context);
		assertThat(letters).as("it is not tried every round").hasSize(1);
		mail.flush(at(601), false, context);
		assertThat(letters).hasSize(2);
		mail.flush(at(5_000), false, context);
		assertThat(letters).as("it is gone").hasSize(2);
	}
}
