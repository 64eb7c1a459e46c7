package hikkoshi.core.tests.watch;

import static hikkoshi.core.tests.watch.Scene.cache;
import static hikkoshi.core.tests.watch.Scene.ns;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import hikkoshi.core.arrival.CanaryToken;
import hikkoshi.core.canary.CanaryRoute;
import hikkoshi.core.model.Policy;
import hikkoshi.core.model.Side;
import hikkoshi.core.watch.DomainWatch;
import hikkoshi.core.watch.Verdict.State;

/// Whole moves on a simulated clock: two name servers that switch at different times, senders behind caches of their own that keep to the TTL, a watch that
/// looks now and then and sends canaries. The verdict may never be ENDED while a sender could still be led to OLD, and must come when it is true.
class SimulatedPropagationTest {
	private static final int STEP = 30;
	private static final int LOOK = 300;
	private static final int QUIET = 3_600;
	private static final Policy POLICY = new Policy(Policy.DEFAULT.evidenceMaxAge(), 4, 10, 5, Duration.ofSeconds(10), Duration.ofSeconds(15), Duration.ofSeconds(60),
			Duration.ofMinutes(5), Duration.ofSeconds(QUIET), 2);

	/// A resolver with senders behind it: asks one of the servers when it holds nothing, and keeps the answer as long as it may.
	private static final class Cache {
		Side answer = Side.OLD;
		int until = -1;

		Side ask(int now, World world) {
			if (now >= until) {
				int server = world.random.nextInt(2);
				answer = world.side(server, now);
				until = now + world.ttl(now);
			}
			return answer;
		}

		/// Whether a sender would be led to OLD now, or could be by asking again.
		boolean leadsToOld(int now, World world) {
			return now < until ? answer == Side.OLD : world.side(0, now) == Side.OLD || world.side(1, now) == Side.OLD;
		}
	}

	private static final class World {
		final Random random;
		final int lowered;
		final int[] switched = new int[2];
		final int before;
		final int after = 60;
		final List<Cache> caches = new ArrayList<>();
		int lastOld;

		World(long seed) {
			random = new Random(seed);
			before = List.of(600, 1_800, 7_200).get(random.nextInt(3));
			lowered = 600 + random.nextInt(600);
			int cutover = lowered + random.nextInt(3) * 1_800;
			switched[0] = cutover + random.nextInt(60);
			switched[1] = cutover + random.nextInt(900);
			for (int i = 0; i < 6; i++) {
				caches.add(new Cache());
			}
		}

		Side side(int server, int now) {
			return now < switched[server] ? Side.OLD : Side.NEW;
		}

		int ttl(int now) {
			return now < lowered ? before : after;
		}

		boolean isOver(int now) {
			return caches.stream().noneMatch(cache -> cache.leadsToOld(now, this));
		}
	}

	@ParameterizedTest
	@ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24})
	void endedIsNeverSaidTooEarlyAndSaidInTheEnd(long seed) {
		World world = new World(seed);
		boolean isForgotten = seed % 4 == 0;
		Scene scene = new Scene(POLICY, "busy", "silent");
		Map<CanaryToken, Integer> sent = new HashMap<>();
		List<String> mail = new ArrayList<>();
		int ended = -1;
		int over = -1;
		int end = world.switched[1] + world.before + 3 * QUIET;
		int nextCanary = 0;
		for (int now = 0; now <= end && ended < 0; now += STEP) {
			for (Cache cache : world.caches) {
				if (world.random.nextInt(20) == 0) {
					Side side = cache.ask(now, world);
					mail.add("busy " + side + " " + now);
					world.lastOld = side == Side.OLD ? now : world.lastOld;
				}
			}
			over = over < 0 && world.isOver(now) && now >= Math.max(world.switched[0], world.switched[1]) ? now : over;
			if (now % LOOK == 0) {
				look(scene, world, now);
				mailboxes(scene, mail, now);
				DomainWatch watch = scene.watch(now + 1);
				boolean isPast = watch.verdict().conditions().stream().noneMatch(each -> each.reason().id().startsWith("watch.deadline-") && !each.reason().id().endsWith("passed"));
				if (isPast && now >= nextCanary && sent.size() < 8) {
					nextCanary = now + 600;
					for (String user : isForgotten ? List.of("busy") : List.of("busy", "silent")) {
						for (CanaryRoute route : List.of(Scene.OLD_WAY, Scene.NEW_WAY)) {
							CanaryToken token = scene.sends(user, route, now + 2);
							sent.put(token, now);
							Side side = world.caches.get(route.equals(Scene.OLD_WAY) ? 0 : 1).ask(now + 2, world);
							scene.arrives(user, side, now + 3, now + 4, token);
							world.lastOld = side == Side.OLD ? now + 3 : world.lastOld;
						}
					}
				}
				if (watch.verdict().state() == State.ENDED) {
					ended = now;
					assertThat(world.isOver(now)).as("seed %s: ENDED at %s while a cache leads to OLD", seed, now).isTrue();
					assertThat(now - world.lastOld).as("seed %s: the last mail on OLD", seed).isGreaterThanOrEqualTo(QUIET - LOOK);
				}
			}
		}
		assertThat(over).as("the world itself comes to rest").isPositive();
		if (isForgotten) {
			assertThat(ended).as("seed %s: a mailbox that nobody wrote to is never ENDED", seed).isNegative();
		} else {
			int truth = Math.max(over, world.lastOld) + QUIET;
			assertThat(ended).as("seed %s: over at %s, last mail on OLD at %s", seed, over, world.lastOld).isPositive().isLessThanOrEqualTo(truth + world.before + 5 * LOOK);
		}
	}

	private static void look(Scene scene, World world, int now) {
		for (int server = 0; server < 2; server++) {
			scene.mx(ns(server + 1), world.side(server, now), world.ttl(now));
		}
		scene.mx(cache(1), world.caches.get(2).ask(now, world), 30).look(now);
	}

	/// What came since the last look is noticed now.
	private static void mailboxes(Scene scene, List<String> mail, int now) {
		mail.forEach(line -> {
			String[] words = line.split(" ");
			scene.arrives(words[0], Side.valueOf(words[1]), Integer.parseInt(words[2]), now, null);
		});
		mail.clear();
		scene.quiet(Side.OLD, now);
		scene.quiet(Side.NEW, now);
	}
}
