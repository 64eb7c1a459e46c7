package hikkoshi.core.tests.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import hikkoshi.core.plan.Leftover;
import hikkoshi.core.plan.Leftover.When;
import hikkoshi.core.plan.LeftoverCsv;

class LeftoverCsvTest {
	@Test
	void aRowForEachRecordWhatMustChangeFirstComesFirst() {
		Map<String, List<Leftover>> rows = new LinkedHashMap<>();
		rows.put("b.test", List.of(new Leftover("b.test", "TXT (SPF)", "ip4:192.0.2.1", "192.0.2.1", "", When.END),
				new Leftover("b.test", "MX", "10 mail.b.test.", "mail.b.test", Leftover.FOLLOWS, When.CUTOVER)));
		rows.put("a.test", List.of(new Leftover("mail.a.test", "A", "192.0.2.1", "old", "192.0.2.2, 192.0.2.3", When.CUTOVER)));
		assertThat(LeftoverCsv.of(rows).split("\r\n", -1)).containsExactly("domain,name,type,data,leads,change,when",
				"b.test,b.test,MX,10 mail.b.test.,mail.b.test,follows,cutover", "b.test,b.test,TXT (SPF),ip4:192.0.2.1,192.0.2.1,remove,end",
				"a.test,mail.a.test,A,192.0.2.1,old,\"192.0.2.2, 192.0.2.3\",cutover", "");
	}

	@Test
	void whatAStrangersZoneSaysBecomesNoFormula() {
		Leftover hostile = new Leftover("x.test", "TXT (SPF)", "+mx", "=HYPERLINK(\"http://x\",1)", Leftover.OPEN, When.END);
		assertThat(LeftoverCsv.of(Map.of("x.test", List.of(hostile)))).contains(",'+mx,\"'=HYPERLINK(\"\"http://x\"\",1)\",decide,end\r\n");
	}
}
