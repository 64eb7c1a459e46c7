package hikkoshi.core.canary;

import hikkoshi.core.model.Account;
import hikkoshi.core.model.Door;
import hikkoshi.core.model.OutsideSender;

/// Where exactly a canary is handed over.
public sealed interface CanaryWay {
	/// At a submission endpoint of one side.
	record Login(Account account) implements CanaryWay {}

	/// At the port for other servers of one side.
	record Relay(Door door) implements CanaryWay {}

	/// At somebody else's submission endpoint.
	record Away(OutsideSender sender) implements CanaryWay {}
}
