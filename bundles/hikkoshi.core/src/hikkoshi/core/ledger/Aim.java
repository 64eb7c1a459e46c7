package hikkoshi.core.ledger;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import hikkoshi.core.model.Domain;
import hikkoshi.core.model.Migration;
import hikkoshi.core.model.Server;
import hikkoshi.core.model.Side;
import hikkoshi.core.plan.RecordSet;

/// What an answer means: the old one, the new one, or what else.
///
/// A planned zone says what is new. Without one, the sides do for MX and for the addresses of MX hosts, and for everything else a change does: what the first look found
/// is old, and what most authoritative servers have given since is new.
final class Aim {
	private static final String SPF = "v=spf1";

	private final Domain domain;
	private final Migration migration;
	private final Chronicle chronicle;
	private final @Nullable Map<RecordSet.Key, Set<String>> planned;
	private final Map<String, Set<String>> hostAddresses = new HashMap<>();
	private final Map<RecordSet.Key, Wanted> wanted = new HashMap<>();

	/// @param before what was there first; null when nobody spoke
	/// @param after what is wanted; null when only the sides can tell
	/// @param moves whether anything is to change, or has
	private record Wanted(@Nullable Set<String> before, @Nullable Set<String> after, boolean moves) {}

	/// @param plan the records of the planned zone; null without one
	Aim(Domain domain, Migration migration, Chronicle chronicle, @Nullable Collection<RecordSet> plan) {
		this.domain = domain;
		this.migration = migration;
		this.chronicle = chronicle;
		planned = plan == null ? null : new HashMap<>();
		if (plan != null && planned != null) {
			plan.forEach(set -> planned.put(set.key(), normal(set.key(), set.data())));
		}
		for (RecordSet.Key key : chronicle.keys()) {
			if (key.type().equals("A") || key.type().equals("AAAA")) {
				authoritative(key).forEach(heard -> hostAddresses.computeIfAbsent(key.name(), _ -> new HashSet<>())
						.addAll(heard.data().stream().filter(data -> !data.startsWith("CNAME ")).toList()));
			}
		}
		chronicle.keys().forEach(key -> wanted.put(key, wanted(key)));
	}

	private List<Heard> authoritative(RecordSet.Key key) {
		return chronicle.of(key).entrySet().stream().filter(each -> each.getKey().kind() != Source.Kind.RESOLVER).flatMap(each -> each.getValue().stream())
				.filter(Heard::spoke).toList();
	}

	private Wanted wanted(RecordSet.Key key) {
		List<Heard> all = authoritative(key);
		Set<String> before = all.stream().min(Comparator.comparing(Heard::first)).map(heard -> normal(key, heard.data())).orElse(null);
		Optional<Set<String>> plan = planned(key);
		if (plan.isPresent()) {
			Set<String> after = plan.get();
			return new Wanted(before, after, all.stream().anyMatch(heard -> !normal(key, heard.data()).equals(after)));
		}
		Set<Standing> sides = all.stream().flatMap(heard -> side(key, normal(key, heard.data())).stream()).collect(Collectors.toSet());
		// an MX is to lead to the new side; which host is to change its address nobody says, until one has had both
		if (!sides.isEmpty() && (key.type().equals("MX") || sides.containsAll(Set.of(Standing.OLD, Standing.NEW)))) {
			return new Wanted(before, null, true);
		}
		// what most servers that have left the old answer give now
		Map<Set<String>, Integer> now = new HashMap<>();
		chronicle.of(key).forEach((source, heard) -> {
			if (source.kind() != Source.Kind.RESOLVER && chronicle.isListed(key, source)) {
				heard.stream().filter(Heard::spoke).reduce((_, last) -> last).map(last -> normal(key, last.data())).filter(data -> !data.equals(before))
						.ifPresent(data -> now.merge(data, 1, Integer::sum));
			}
		});
		Set<String> after = now.entrySet().stream().max(Map.Entry.<Set<String>, Integer>comparingByValue().thenComparing(each -> String.join("\n", new TreeSet<>(each.getKey()))))
				.map(Map.Entry::getKey).orElse(null);
		return new Wanted(before, after, after != null);
	}

	private Optional<Set<String>> planned(RecordSet.Key key) {
		Map<RecordSet.Key, Set<String>> plan = planned;
		String apex = domain.name().ascii() + ".";
		if (plan == null || !key.name().equals(apex) && !key.name().endsWith("." + apex)) {
			return Optional.empty();
		}
		if (plan.containsKey(key)) {
			return Optional.of(plan.get(key));
		}
		// an alias answers every question for its name
		Set<String> alias = plan.get(new RecordSet.Key(key.name(), "CNAME"));
		if (alias != null) {
			return Optional.of(Set.copyOf(alias.stream().map(target -> "CNAME " + target).toList()));
		}
		// a plan may leave out the zone's own servers
		return key.type().equals("NS") && key.name().equals(apex) ? Optional.empty() : Optional.of(Set.of());
	}

	/// Whether anything is known to change at this name and type.
	boolean moves(RecordSet.Key key) {
		Wanted want = wanted.get(key);
		return want != null && want.moves();
	}

	Standing of(Heard heard) {
		if (!heard.spoke()) {
			return Standing.NONE;
		}
		Wanted want = wanted.get(heard.key());
		Set<String> data = normal(heard.key(), heard.data());
		if (want == null || !want.moves()) {
			return Standing.SAME;
		}
		Set<String> after = want.after();
		Set<String> before = want.before();
		if (after == null) {
			return side(heard.key(), data).orElse(data.equals(before) ? Standing.OLD : Standing.OTHER);
		}
		// an alias may come with what it leads to, which is not this zone's to say
		if (data.equals(after) || !after.isEmpty() && after.stream().allMatch(each -> each.startsWith("CNAME ")) && data.containsAll(after)) {
			return Standing.NEW;
		}
		if (data.equals(before)) {
			return Standing.OLD;
		}
		return before != null && data.stream().anyMatch(each -> after.contains(each) && !before.contains(each))
				&& data.stream().anyMatch(each -> before.contains(each) && !after.contains(each)) ? Standing.MIXED : side(heard.key(), data).filter(Standing.OLD::equals).orElse(Standing.OTHER);
	}

	/// The side that an answer leads to, where servers' addresses and names tell.
	private Optional<Standing> side(RecordSet.Key key, Set<String> data) {
		return switch (key.type()) {
			case "MX" -> key.name().equals(domain.name().ascii() + ".") && !data.isEmpty() ? joined(data.stream().map(this::sideOfMx).toList()) : Optional.empty();
			case "A", "AAAA" -> isMailHost(key.name()) ? data.isEmpty() ? sideOfNothing(key) : joined(data.stream().map(this::sideOfAddress).toList()) : Optional.empty();
			default -> Optional.empty();
		};
	}

	private Optional<Standing> sideOfMx(String mx) {
		String host = mx.substring(mx.indexOf(' ') + 1).strip();
		List<Optional<Standing>> sides = new ArrayList<>();
		hostAddresses.getOrDefault(host, Set.of()).forEach(address -> sides.add(sideOfAddress(address)));
		for (Side side : Side.values()) {
			if (server(side).filter(server -> host.equals(server.name().ascii() + ".")).isPresent() && sides.stream().noneMatch(Optional::isPresent)) {
				return Optional.of(standing(side));
			}
		}
		// a host that has had addresses of both sides moves by its addresses: its name says nothing
		return joined(sides).filter(standing -> standing != Standing.MIXED);
	}

	private Optional<Standing> sideOfAddress(String text) {
		InetAddress address;
		try {
			address = InetAddress.ofLiteral(text);
		} catch (IllegalArgumentException e) {
			return Optional.empty();
		}
		boolean old = server(Side.OLD).filter(server -> server.addresses().contains(address)).isPresent();
		boolean fresh = server(Side.NEW).filter(server -> server.addresses().contains(address)).isPresent();
		return old == fresh ? Optional.empty() : Optional.of(old ? Standing.OLD : Standing.NEW);
	}

	/// No address of a family is right for the side that has none, when the other has one.
	private Optional<Standing> sideOfNothing(RecordSet.Key key) {
		boolean old = hasFamily(Side.OLD, key.type());
		boolean fresh = hasFamily(Side.NEW, key.type());
		return old == fresh || hostAddresses.getOrDefault(key.name(), Set.of()).isEmpty() ? Optional.empty() : Optional.of(old ? Standing.NEW : Standing.OLD);
	}

	private boolean hasFamily(Side side, String type) {
		return server(side).stream().flatMap(server -> server.addresses().stream()).anyMatch(address -> (address.getAddress().length == 4) == type.equals("A"));
	}

	private boolean isMailHost(String name) {
		RecordSet.Key mx = new RecordSet.Key(domain.name().ascii() + ".", "MX");
		return authoritative(mx).stream().flatMap(heard -> heard.data().stream()).anyMatch(data -> data.endsWith(" " + name))
				|| server(Side.OLD).filter(server -> name.equals(server.name().ascii() + ".")).isPresent();
	}

	private Optional<Server> server(Side side) {
		return migration.server(domain.server(side));
	}

	private static Standing standing(Side side) {
		return side == Side.OLD ? Standing.OLD : Standing.NEW;
	}

	/// All of one side, some of both, or – with something of neither – nothing certain.
	private static Optional<Standing> joined(List<Optional<Standing>> each) {
		if (each.isEmpty() || each.stream().noneMatch(Optional::isPresent)) {
			return Optional.empty();
		}
		if (each.stream().allMatch(each.getFirst()::equals)) {
			return each.getFirst();
		}
		return Optional.of(each.contains(Optional.of(Standing.OLD)) ? Standing.MIXED : Standing.OTHER);
	}

	/// Of the domain's TXT only what is SPF counts for mail.
	private Set<String> normal(RecordSet.Key key, Collection<String> data) {
		boolean spf = key.type().equals("TXT") && key.name().equals(domain.name().ascii() + ".");
		Set<String> normal = new HashSet<>();
		for (String each : data) {
			if (!spf || each.toLowerCase(Locale.ROOT).contains(SPF)) {
				normal.add(LookRows.normal(key.type(), each));
			}
		}
		return normal;
	}
}
