package hikkoshi.core.format;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import hikkoshi.core.model.Domain;
import hikkoshi.core.model.DomainName;
import hikkoshi.core.model.Side;

/// Whose the accounts of a migration are: at each server the first with a user name has it, whatever its case. For one thread.
///
/// @param <A> who has accounts: one on either side
public final class Accounts<A> {
	private final Map<DomainName, Home<A>> homes = new HashMap<>();

	/// A domain with the accounts at its two servers, which it may share with others.
	///
	/// @param olds of the old server, by their user names there
	/// @param news the same of the new server
	public record Home<A>(Domain domain, FirstByName<A> olds, FirstByName<A> news) {
		public FirstByName<A> at(Side side) {
			return side == Side.OLD ? olds : news;
		}
	}

	/// @param oldUser of somebody on the old side
	/// @param newUser of somebody on the new side
	/// @param expected how many accounts there will be on a side, about
	public Accounts(Collection<Domain> domains, Function<A, String> oldUser, Function<A, String> newUser, int expected) {
		Map<String, FirstByName<A>> olds = new HashMap<>();
		Map<String, FirstByName<A>> news = new HashMap<>();
		// room at once where one server has them all, and not much too much where a hundred share them
		int share = expected / (int) Math.max(1, domains.stream().map(domain -> domain.server(Side.OLD)).distinct().count());
		for (Domain domain : domains) {
			homes.put(domain.name(), new Home<>(domain, olds.computeIfAbsent(domain.server(Side.OLD), server -> new FirstByName<>(oldUser, share)),
					news.computeIfAbsent(domain.server(Side.NEW), server -> new FirstByName<>(newUser, share))));
		}
	}

	/// Null when it is no domain of the migration.
	public @Nullable Home<A> home(DomainName domain) {
		return homes.get(domain);
	}
}
