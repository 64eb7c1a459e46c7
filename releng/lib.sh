# Shared by releng/run, releng/test and releng/quick: finds a JDK and a Maven, says in one line what to install when there is none. Source it.
MIN_JDK=25
MAVEN=3.9.11
die() { echo "$(basename "$0"): $*" >&2; exit 69; }

# Sets JAVA_HOME to a JDK >= MIN_JDK: JAVA_HOME, PATH, the usual folders.
need_jdk() {
	local candidates=() c v
	[ -n "${JAVA_HOME:-}" ] && candidates+=("$JAVA_HOME")
	if command -v javac >/dev/null 2>&1; then
		c=$(command -v javac); c=$(readlink -f "$c" 2>/dev/null || echo "$c"); candidates+=("${c%/bin/javac}")
	fi
	for c in /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk* "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* /Library/Java/JavaVirtualMachines/*/Contents/Home; do
		[ -d "$c" ] && candidates+=("$c")
	done
	for c in "${candidates[@]}"; do
		[ -x "$c/bin/javac" ] && [ -f "$c/release" ] || continue
		v=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$c/release")
		if [ -n "$v" ] && [ "$v" -ge "$MIN_JDK" ]; then export JAVA_HOME="$c"; return 0; fi
	done
	die "no JDK >= $MIN_JDK found in JAVA_HOME, PATH or the usual folders: install one (e.g. Temurin 25) or set JAVA_HOME"
}

maven_version() { "$1" -v 2>/dev/null | sed 's/\x1b\[[0-9;]*m//g' | sed -n 's/^Apache Maven \([0-9.]*\).*/\1/p'; }
at_least() { [ "$(printf '%s\n%s\n' "$2" "$1" | sort -V | head -1)" = "$2" ]; }

# Sets MVN to a Maven >= 3.9.9: the PATH's, or MAVEN brought in through the PATH's older one.
need_maven() {
	local mine=${MAVEN_USER_HOME:-$HOME/.m2}/dists/apache-maven-$MAVEN tmp
	if [ -x "$mine/bin/mvn" ]; then MVN=$mine/bin/mvn; return 0; fi
	command -v mvn >/dev/null 2>&1 || die "no Maven on the PATH: install Maven >= 3.9.9 (or any older one, which fetches it)"
	if at_least "$(maven_version mvn)" 3.9.9; then MVN=mvn; return 0; fi
	echo "fetching Maven $MAVEN once" >&2
	tmp=$(mktemp -d)
	(cd "$tmp" && mvn -q -B org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy \
		-Dartifact="org.apache.maven:apache-maven:$MAVEN:zip:bin" -DoutputDirectory="$tmp" -Dmdep.useBaseVersion=true >&2 &&
		"$JAVA_HOME/bin/jar" xf "apache-maven-$MAVEN-bin.zip" && chmod +x "apache-maven-$MAVEN/bin/mvn") ||
		{ rm -rf "$tmp"; die "Maven $MAVEN could not be fetched: install Maven >= 3.9.9"; }
	mkdir -p "$(dirname "$mine")"
	mv "$tmp/apache-maven-$MAVEN" "$mine" 2>/dev/null || true
	rm -rf "$tmp"
	MVN=$mine/bin/mvn
}

# Runs Maven on the whole project; offline when everything has been fetched before, else (or when that fails to resolve) online.
build() {
	local log=$here/target/build.log fetched=$here/target/fetched-$(cksum <"$here/releng/hikkoshi.target/target.lst" | cut -d' ' -f1)
	mkdir -p "$here/target"
	# p2 would install into what an earlier build left there, and keep its jars
	rm -rf "$here/releng/hikkoshi.product/target/products"
	if [ -f "$fetched" ]; then
		"$MVN" -f "$here/pom.xml" -B -o "$@" >"$log" 2>&1 && return 0
		grep -qE 'offline mode|has not been downloaded|Cannot access .* in offline' "$log" || return 1
	fi
	"$MVN" -f "$here/pom.xml" -B "$@" >"$log" 2>&1 || return 1
	touch "$fetched"
}
