package hikkoshi.core.model;

/// A step of the checklist, for one wave, as the thing that sign-offs and overrides are about.
public record StepTarget(String step, String wave) implements Target {
	@Override
	public Id id() {
		return new Id("step:" + wave + "/" + step);
	}
}
