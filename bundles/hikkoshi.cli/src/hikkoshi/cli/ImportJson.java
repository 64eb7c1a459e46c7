package hikkoshi.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.core.JsonGenerator;

import hikkoshi.core.evidence.Reason;
import hikkoshi.core.format.Fault;
import hikkoshi.core.format.roster.ImportRow;
import hikkoshi.core.format.roster.ImportSummary;
import hikkoshi.core.format.roster.RosterImport;
import hikkoshi.core.text.Phrases;

/// The plan of an import as JSON, one object a line: the format, each row, each domain, each vanished address. Names stay as they are.
final class ImportJson {
	private ImportJson() {}

	static List<String> plan(RosterImport plan, Phrases words) {
		List<String> lines = new ArrayList<>();
		plan.sheet().format().ifPresent(format -> lines.add(Json.object(json -> {
			json.writeStringField("dialect", format.dialect().token());
			json.writeStringField("encoding", format.charset().name());
			json.writeStringField("delimiter", format.delimiter() == 0 ? "" : String.valueOf(format.delimiter()));
			json.writeBooleanField("header", format.header());
			json.writeArrayFieldStart("reasons");
			for (Reason reason : format.reasons()) {
				json.writeStartObject();
				Json.reason(json, reason, words);
				json.writeEndObject();
			}
			json.writeEndArray();
		})));
		plan.sheet().faults().forEach(fault -> lines.add(fault(fault, words)));
		plan.blockers().forEach(fault -> lines.add(fault(fault, words)));
		for (ImportRow row : plan.rows()) {
			lines.add(row(row, plan.isSelected(row.index()), words));
		}
		for (RosterImport.MissingDomain domain : plan.missingDomains()) {
			lines.add(Json.object(json -> {
				json.writeStringField("domain", domain.name().ascii());
				json.writeNumberField("rows", domain.rows());
				json.writeStringField("wave", domain.wave());
				json.writeBooleanField("added", domain.isAdded());
				faults(json, domain.faults(), words);
			}));
		}
		for (RosterImport.Vanished gone : plan.vanished()) {
			lines.add(Json.object(json -> {
				json.writeStringField("vanished", gone.address().toString());
				json.writeNumberField("line", gone.line());
			}));
		}
		return lines;
	}

	private static String row(ImportRow row, boolean isSelected, Phrases words) {
		return Json.object(json -> {
			json.writeNumberField("line", row.line());
			json.writeStringField("address", row.address() == null ? null : row.address().toString());
			json.writeStringField("kind", row.kind());
			json.writeStringField("outcome", ImportLines.token(row));
			json.writeBooleanField("selected", isSelected);
			json.writeArrayFieldStart("cells");
			for (ImportRow.CellChange cell : row.cells()) {
				json.writeStartObject();
				json.writeStringField("column", cell.column());
				json.writeStringField("before", cell.before());
				json.writeStringField("after", cell.after());
				json.writeEndObject();
			}
			json.writeEndArray();
			faults(json, row.faults(), words);
		});
	}

	static String fault(Fault fault, Phrases words) {
		return Json.object(json -> fault(json, fault, words));
	}

	private static void faults(JsonGenerator json, List<Fault> faults, Phrases words) throws IOException {
		json.writeArrayFieldStart("faults");
		for (Fault fault : faults) {
			json.writeStartObject();
			fault(json, fault, words);
			json.writeEndObject();
		}
		json.writeEndArray();
	}

	private static void fault(JsonGenerator json, Fault fault, Phrases words) throws IOException {
		json.writeStringField("file", fault.file());
		json.writeNumberField("line", fault.line());
		json.writeNumberField("column", fault.column());
		json.writeStringField("severity", fault.severity().name());
		Json.reason(json, fault.reason(), words);
	}

	static String summary(ImportSummary summary, boolean isWritten) {
		return Json.object(json -> {
			json.writeNumberField("added", summary.added());
			json.writeNumberField("changed", summary.changed());
			json.writeNumberField("same", summary.same());
			json.writeNumberField("refused", summary.refused());
			json.writeNumberField("deselected", summary.deselected());
			json.writeNumberField("vanished", summary.vanished());
			json.writeNumberField("domainsAdded", summary.domainsAdded());
			json.writeNumberField("domainsMissing", summary.domainsMissing());
			json.writeNumberField("passwords", summary.passwords());
			json.writeNumberField("hashes", summary.hashes());
			json.writeBooleanField("written", isWritten);
		});
	}
}
