package coppice.bench.search;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// numpy by one thread, in a process of Python that reads the vectors from a file and takes the times itself. It
/// looks at all vectors in full, whatever the way.
public final class NumpyVectors implements VectorStore {
    private static final int BUFFER = 1 << 20;
    private static final String PYTHON = "python3";
    private static final String SCRIPT = "nearest.py";
    private static final Map<String, String> ONE_THREAD =
            Map.of("OPENBLAS_NUM_THREADS", "1", "OMP_NUM_THREADS", "1", "MKL_NUM_THREADS", "1");

    private static final Optional<String> VERSION = ask();

    private @Nullable Path place;
    private @Nullable Process python;
    private @Nullable BufferedReader answers;
    private @Nullable PrintWriter commands;

    /// What there is of it on this machine; nothing where there is no Python 3, or none with numpy.
    public static Optional<String> version() {
        return VERSION;
    }

    private static Optional<String> ask() {
        String ask = "import numpy, platform; print(numpy.__version__ + ', Python ' + platform.python_version())";
        try {
            Process process = new ProcessBuilder(PYTHON, "-c", ask)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try (BufferedReader output = process.inputReader()) {
                String version = output.readLine();
                return Optional.ofNullable(version); // nothing where Python fails
            }
        } catch (IOException _) {
            return Optional.empty(); // there is no such program
        }
    }

    @Override
    public String settings() {
        return "one thread; a matrix of float32 in memory, multiplied and partitioned (argpartition); whatever the way";
    }

    @Override
    public void open(Path directory, long cacheBytes) {
        place = directory;
    }

    @Override
    public void load(Cloud cloud) throws IOException {
        if (place == null) {
            throw new IllegalStateException("open the store first");
        }
        Path vectors = place.resolve("vectors");
        Path queries = place.resolve("queries");
        write(cloud.vectors(), vectors);
        write(cloud.queries(), queries);
        List<String> command = List.of(
                PYTHON,
                "-c",
                script(),
                vectors.toString(),
                queries.toString(),
                Integer.toString(cloud.dimension()),
                Integer.toString(WANTED));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(ONE_THREAD);
        Process process = builder.start();
        python = process;
        answers = process.inputReader();
        commands = new PrintWriter(process.outputWriter(), true);
    }

    private static String script() throws IOException {
        try (InputStream in = NumpyVectors.class.getResourceAsStream(SCRIPT)) {
            if (in == null) {
                throw new IOException(SCRIPT + " is not there");
            }
            return new String(in.readAllBytes(), UTF_8);
        }
    }

    private static void write(float[][] vectors, Path file) throws IOException {
        try (var out = new BufferedOutputStream(Files.newOutputStream(file), BUFFER)) {
            for (float[] vector : vectors) {
                ByteBuffer bytes =
                        ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
                bytes.asFloatBuffer().put(vector);
                out.write(bytes.array());
            }
        }
    }

    @Override
    public void makeReady(Way way) throws IOException {
        millis(way, 0);
    }

    private void say(String command) {
        if (commands == null) {
            throw new IllegalStateException("load the vectors first");
        }
        commands.println(command);
    }

    private String answer() throws IOException {
        String line = answers == null ? null : answers.readLine();
        if (line == null) {
            throw new IOException("Python has ended; what it said stands above");
        }
        return line;
    }

    @Override
    public int[][] nearest(Way way) throws IOException {
        say("find 0");
        List<int[]> all = new ArrayList<>();
        while (all.size() < Cloud.QUERIES) {
            all.add(Arrays.stream(answer().split(" ", -1))
                    .mapToInt(Integer::parseInt)
                    .toArray());
        }
        return all.toArray(int[][]::new);
    }

    @Override
    public double millis(Way way, double seconds) throws IOException {
        say("time " + seconds);
        return Double.parseDouble(answer());
    }

    @Override
    public void close() {
        if (commands != null && python != null) {
            commands.close(); // at whose end it ends
            python.destroy();
        }
    }
}
