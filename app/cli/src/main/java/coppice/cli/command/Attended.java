package coppice.cli.command;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// A program that runs for a command of ours. Whoever ends this process, as by Ctrl-C, ends that program as well,
/// and this process stays a little longer for what the command does when its program is over.
final class Attended implements AutoCloseable {
    private static final long STAYS_SECONDS = 5;

    private final Process process;
    private final CountDownLatch over = new CountDownLatch(1);
    private final Thread ending = new Thread(this::end, "coppice-program");

    private Attended(Process process) {
        this.process = process;
    }

    static Attended of(Process process) {
        Attended attended = new Attended(process);
        try {
            Runtime.getRuntime().addShutdownHook(attended.ending);
        } catch (IllegalStateException ending) {
            process.destroy();
        }
        return attended;
    }

    private void end() {
        process.destroy();
        try {
            boolean isOver = over.await(STAYS_SECONDS, TimeUnit.SECONDS);
            if (!isOver && process.isAlive()) {
                process.destroyForcibly();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// The command has done all that it does for its program.
    @Override
    public void close() {
        over.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(ending);
        } catch (IllegalStateException _) {
            // it is being ended just now
        }
    }
}
