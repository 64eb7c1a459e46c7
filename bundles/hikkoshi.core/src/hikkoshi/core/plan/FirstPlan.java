package hikkoshi.core.plan;

import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import hikkoshi.core.model.Domain;
import hikkoshi.core.probe.ProbeContext;

/// Where a person begins to plan: the records that mail depends on, as the authoritative servers give them now, and the addresses of its hosts within the
/// domain, without which the plan would lead nowhere.
///
/// @param records lines of a master file (RFC 1035, 5), without SOA
/// @param unanswered of which nobody knows whether they are there: a plan that leaves them out would delete them
public record FirstPlan(String records, List<RecordSet.Key> unanswered) {
	public FirstPlan {
		unanswered = List.copyOf(unanswered);
	}

	/// Asks the authoritative servers; blocks, an interrupt ends it.
	///
	/// @throws IOException when there is no way to them
	public static FirstPlan of(Domain domain, Zones zones, ProbeContext context) throws IOException, InterruptedException {
		Zones.Live mail = zones.live(zones.mailNames(domain), context);
		Set<RecordSet.Key> hosts = new LinkedHashSet<>();
		mail.sets().stream().filter(set -> set.type().equals("MX") || set.type().equals("SRV")).flatMap(set -> set.data().stream())
				.map(data -> data.substring(data.lastIndexOf(' ') + 1)).filter(host -> host.endsWith("." + domain.name().ascii() + "."))
				.forEach(host -> List.of("A", "AAAA", "CNAME").forEach(type -> hosts.add(new RecordSet.Key(host, type))));
		hosts.removeAll(zones.mailNames(domain));
		Zones.Live more = zones.live(hosts, context);
		List<RecordSet> sets = Stream.concat(mail.sets().stream(), more.sets().stream()).filter(set -> !set.type().equals("SOA")).sorted().toList();
		return new FirstPlan(ZoneScript.lines(sets), Stream.concat(mail.unanswered().stream(), more.unanswered().stream()).toList());
	}

	/// The file, with comments that say what it is.
	///
	/// @param words say `plan.first.head` with the moment, and `plan.first.unanswered` with name and type
	public String text(Instant now, Words words) {
		StringBuilder text = new StringBuilder();
		comment(words.say("plan.first.head", now.truncatedTo(ChronoUnit.SECONDS).toString()), text);
		unanswered.forEach(key -> comment(words.say("plan.first.unanswered", key.name(), key.type()), text));
		return text.append(records).toString();
	}

	/// Puts an id and its arguments into a sentence.
	@FunctionalInterface
	public interface Words {
		String say(String id, Object... args);
	}

	private static void comment(String sentence, StringBuilder text) {
		sentence.lines().forEach(line -> text.append("; ").append(line).append('\n'));
	}
}
