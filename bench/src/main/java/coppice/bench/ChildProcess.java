package coppice.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// One fresh JVM that carries out one trial, and what came of it.
///
/// @param values what it measured
/// @param acknowledged the last batch it said was durable, or -1
/// @param failure why it failed, or nothing
record ChildProcess(List<Value> values, long acknowledged, String failure) {
    private static final long MINUTES_MAX = 20;
    private static final int LAST_WORDS = 5;

    /// A measured value as the child prints it.
    record Value(Metric metric, double value, double foreignCores) {}

    static ChildProcess run(Trial trial, List<String> virtualMachine) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(virtualMachine);
        command.addAll(List.of(
                "-Xshare:auto",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow", // lmdbjava, Xodus
                "--add-opens=java.base/java.nio=ALL-UNNAMED", // lmdbjava
                "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
                "-Dlmdbjava.disable.checks=true",
                "-cp",
                System.getProperty("java.class.path"),
                Child.class.getName()));
        command.addAll(trial.words());
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var end = process.onExit().orTimeout(MINUTES_MAX, TimeUnit.MINUTES).whenComplete((ended, late) -> {
            if (late != null) {
                process.toHandle().destroyForcibly(); // and its output ends
            }
        });
        try {
            return listen(process, trial);
        } finally {
            end.cancel(false);
            process.destroyForcibly();
        }
    }

    private static ChildProcess listen(Process process, Trial trial) throws IOException, InterruptedException {
        boolean doomed = trial.task() == Task.WRITE_UNTIL_KILLED;
        List<Value> values = new ArrayList<>();
        Deque<String> words = new ArrayDeque<>();
        long acknowledged = -1;
        long firstAt = 0;
        try (BufferedReader output = process.inputReader()) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                String[] fields = line.split(" ", -1);
                if (!fields[0].equals(Meter.MARK)) {
                    hear(line, words);
                } else if (fields[1].equals(Plan.ACKNOWLEDGED)) {
                    acknowledged = Long.parseLong(fields[2]);
                    firstAt = firstAt == 0 ? System.nanoTime() : firstAt;
                    if ((System.nanoTime() - firstAt) / 1e9 > trial.seconds()) {
                        process.toHandle().destroyForcibly(); // SIGKILL, and what it still said is read on
                    }
                } else {
                    values.add(new Value(
                            Metric.valueOf(fields[1]), Double.parseDouble(fields[2]), Double.parseDouble(fields[3])));
                }
            }
        }
        process.waitFor();
        boolean well = doomed ? acknowledged >= 0 : process.exitValue() == 0;
        String failure = String.join(" | ", words);
        return new ChildProcess(values, acknowledged, well ? "" : "exit " + process.exitValue() + " " + failure);
    }

    /// Keeps what tells why a process failed: messages, and not where each was thrown.
    private static void hear(String line, Deque<String> words) {
        if (!line.startsWith("\tat ") && words.size() < LAST_WORDS) {
            words.addLast(line);
        }
    }
}
