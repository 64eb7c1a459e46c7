package hikkoshi.lab.tests;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// Gives tests the [Lab], started once for all classes and stopped behind the last. A lab that does not start fails every test: without
/// its servers nothing has been proven.
final class WithLab implements ParameterResolver {
	@Override
	public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
		return parameter.getParameter().getType() == Lab.class;
	}

	@Override
	public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
		return context.getRoot().getStore(Namespace.create(WithLab.class)).computeIfAbsent(Lab.class, _ -> {
			try {
				return Lab.start();
			} catch (Exception e) {
				throw new IllegalStateException("the lab does not start: " + e.getMessage(), e);
			}
		}, Lab.class);
	}
}
