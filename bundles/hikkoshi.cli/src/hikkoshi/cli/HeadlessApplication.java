package hikkoshi.cli;

import java.util.Locale;

import org.eclipse.equinox.app.IApplication;
import org.eclipse.equinox.app.IApplicationContext;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;

/// Entry of `hikkoshi COMMAND`: returns the exit code of [ExitCode].
public final class HeadlessApplication implements IApplication {
	private volatile Thread command = Thread.currentThread();

	@Override
	public Object start(IApplicationContext context) {
		context.applicationRunning();
		command = Thread.currentThread();
		Thread onCtrlC = new Thread(this::stop, "hikkoshi-ctrl-c");
		Runtime.getRuntime().addShutdownHook(onCtrlC);
		try {
			String[] args = (String[]) context.getArguments().get(IApplicationContext.APPLICATION_ARGS);
			BundleContext bundle = FrameworkUtil.getBundle(HeadlessApplication.class).getBundleContext();
			Terminal terminal = Terminal.system();
			String version = bundle.getBundle().getVersion().toString();
			return new Hikkoshi(terminal, new OsgiServices(bundle), Locale.getDefault(), version).run(args);
		} finally {
			finished();
			forget(onCtrlC);
		}
	}

	/// Ends the running command at once and waits until it has kept what it had found: the JVM goes on to die when this returns.
	@Override
	public void stop() {
		Thread running = command;
		running.interrupt();
		synchronized (this) {
			long limit = System.nanoTime() + 5_000_000_000L;
			while (command == running && running.isAlive() && System.nanoTime() < limit) {
				try {
					wait(100);
				} catch (InterruptedException e) {
					return;
				}
			}
		}
	}

	private synchronized void finished() {
		command = new Thread();
		notifyAll();
	}

	private static void forget(Thread hook) {
		try {
			Runtime.getRuntime().removeShutdownHook(hook);
		} catch (IllegalStateException e) {
			// the JVM is already going down: the hook is what ended us
		}
	}
}
