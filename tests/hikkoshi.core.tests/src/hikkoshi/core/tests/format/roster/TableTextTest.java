package hikkoshi.core.tests.format.roster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import hikkoshi.core.format.roster.TableText;

class TableTextTest {
	record Case(String cell, String csv, String tabs) {}

	static List<Case> cases() {
		return List.of(new Case("plain", "plain", "plain"), new Case("a,b", "\"a,b\"", "a,b"), new Case("say \"no\"", "\"say \"\"no\"\"\"", "\"say \"\"no\"\"\""),
				new Case("=HYPERLINK(1)", "'=HYPERLINK(1)", "'=HYPERLINK(1)"), new Case("@SUM(A1)", "'@SUM(A1)", "'@SUM(A1)"), new Case("-1+1", "'-1+1", "'-1+1"),
				new Case("two\r\nlines\tand tab", "two lines and tab", "two lines and tab"), new Case("\t=1", "'=1", "'=1"), new Case("a\u202eb\u009b2J", "a b 2J", "a b 2J"),
				new Case("", "", ""));
	}

	@ParameterizedTest
	@MethodSource("cases")
	void noCellIsAFormulaOrBreaksItsRow(Case one) {
		assertThat(TableText.CSV.write(List.of(List.of(one.cell(), "x")))).isEqualTo(one.csv() + ",x\n");
		assertThat(TableText.TABS.write(List.of(List.of(one.cell(), "x")))).isEqualTo(one.tabs() + "\tx\n");
	}
}
