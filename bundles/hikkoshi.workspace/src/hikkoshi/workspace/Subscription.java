package hikkoshi.workspace;

/// What a listener holds; closing it ends the listening. Closing twice does nothing.
@FunctionalInterface
public interface Subscription extends AutoCloseable {
	/// Of one who listens to nothing.
	Subscription NONE = () -> {};

	@Override
	void close();
}
