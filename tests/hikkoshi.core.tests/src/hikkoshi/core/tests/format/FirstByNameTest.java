package hikkoshi.core.tests.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;

import org.junit.jupiter.api.Test;

import hikkoshi.core.format.FirstByName;

/// The table behaves as a map from the name in lower case to the first thing that has it.
class FirstByNameTest {
	@Test
	void isAMapOfNamesWhateverTheirCase() {
		Random random = new Random(7);
		FirstByName<String> table = new FirstByName<>(Function.identity(), 0);
		Map<String, String> map = new HashMap<>();
		for (int i = 0; i < 20_000; i++) {
			String name = name(random);
			String folded = name.toLowerCase(Locale.ROOT);
			assertThat(table.get(name)).isEqualTo(map.get(folded));
			String first = map.putIfAbsent(folded, name);
			assertThat(table.putIfAbsent(name)).isSameAs(first);
			if (first == null && random.nextInt(4) == 0) {
				table.takeBack(name);
				map.remove(folded);
			}
		}
		map.forEach((folded, name) -> assertThat(table.get(folded)).isSameAs(name));
	}

	/// Kelvin signs and dotted capitals become other letters in lower case, some of them two.
	private static String name(Random random) {
		StringBuilder name = new StringBuilder();
		for (int i = random.nextInt(4); i >= 0; i--) {
			name.append("aAkK\u212a\u0130\u00e9\u00c9.1".charAt(random.nextInt(10)));
		}
		return name.append(random.nextInt(3) == 0 ? "" : String.valueOf(random.nextInt(2_000))).toString();
	}

	/// `Aa` and `BB` have one hash, and so have all words made of them.
	@Test
	void bearsNamesThatCollide() {
		FirstByName<String> table = new FirstByName<>(Function.identity(), 8);
		for (int i = 0; i < 1 << 15; i++) {
			String name = colliding(i);
			assertThat(table.putIfAbsent(name)).isNull();
			if (i % 64 == 63) {
				table.takeBack(name);
				assertThat(table.get(name)).isNull();
			}
		}
		for (int i = 0; i < 1 << 15; i++) {
			assertThat(table.get(colliding(i))).isEqualTo(i % 64 == 63 ? null : colliding(i));
		}
	}

	private static String colliding(int number) {
		StringBuilder name = new StringBuilder();
		for (int bit = 0; bit < 15; bit++) {
			// two pairs of one hash, both in lower case
			name.append((number >> bit & 1) == 0 ? "b~" : "c_");
		}
		return name.toString();
	}

	@Test
	void forgets() {
		FirstByName<String> table = new FirstByName<>(Function.identity(), 0);
		table.putIfAbsent("Ann");
		assertThat(table.get("aNN")).isEqualTo("Ann");
		table.clear();
		assertThat(table.get("ann")).isNull();
		assertThat(table.putIfAbsent("ANN")).isNull();
		// the empty text has the hash that marks what is free
		assertThat(table.putIfAbsent("")).isNull();
		assertThat(table.putIfAbsent("")).isEmpty();
	}
}
