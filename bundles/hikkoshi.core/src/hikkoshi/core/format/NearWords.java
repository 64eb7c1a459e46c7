package hikkoshi.core.format;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// *Did you mean …?*, and words that never belong into a file.
final class NearWords {
	private static final List<String> SECRETS = List.of("password", "passwd", "passwort", "passphrase", "pass", "pwd", "pw", "secret", "token",
			"パスワード", "暗証番号", "合言葉", "密码", "密碼", "비밀번호");
	private static final int LONGEST = 40;

	private NearWords() {}

	/// The known word that is nearest, when it is near: a letter or two away, or the same but for case and separators.
	static Optional<String> nearest(String word, Collection<String> known) {
		String bare = bare(word);
		if (bare.isEmpty() || bare.length() > LONGEST) {
			return Optional.empty();
		}
		int most = bare.length() <= 4 ? 1 : 2;
		return known.stream().filter(k -> distance(bare, bare(k)) <= most)
				.min(Comparator.comparingInt(k -> distance(bare, bare(k))));
	}

	/// Whether a heading announces a password: `password`, `imap_pass`, `パスワード（旧）` …
	static boolean isSecret(String heading) {
		String lower = heading.toLowerCase(Locale.ROOT);
		if (SECRETS.stream().anyMatch(secret -> secret.length() > 4 && lower.contains(secret) || secret.charAt(0) > 0x7f && lower.contains(secret))) {
			return true;
		}
		for (String part : lower.split("[^\\p{L}]+")) {
			if (SECRETS.contains(part)) {
				return true;
			}
		}
		return false;
	}

	private static String bare(String word) {
		return word.toLowerCase(Locale.ROOT).replaceAll("[-_. ]", "");
	}

	/// Optimal string alignment: insertions, deletions, changes and swaps of neighbours.
	private static int distance(String a, String b) {
		int[][] d = new int[a.length() + 1][b.length() + 1];
		for (int i = 0; i <= a.length(); i++) {
			for (int j = 0; j <= b.length(); j++) {
				if (i == 0 || j == 0) {
					d[i][j] = i + j;
					continue;
				}
				int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
				d[i][j] = Math.min(d[i - 1][j - 1] + change, 1 + Math.min(d[i - 1][j], d[i][j - 1]));
				if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
					d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
				}
			}
		}
		return d[a.length()][b.length()];
	}
}
