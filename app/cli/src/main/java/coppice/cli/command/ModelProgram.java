package coppice.cli.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import coppice.api.search.Embedder;
import coppice.cli.source.InputException;
import coppice.json.Json;
import coppice.json.JsonReader;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/// A program that makes vectors of texts. It is started for each batch, reads the texts from standard input, each
/// a JSON string on a line of its own, and writes for each an array of numbers, on a line of its own; what it says
/// to standard error is shown.
///
/// @param command the program and its arguments
record ModelProgram(Shell shell, List<String> command) implements Embedder {
    private static final int SHOWN_LENGTH = 60;

    @Override
    public List<float[]> embed(List<String> texts) {
        ProcessBuilder program = new ProcessBuilder(command)
                .directory(shell.directory().toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        try {
            return embed(texts, program.start());
        } catch (IOException unknown) {
            throw new Failure(command.getFirst() + " cannot be run: " + InputException.reason(unknown), unknown);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new Failure("interrupted while " + command.getFirst() + " ran", interrupted);
        }
    }

    private List<float[]> embed(List<String> texts, Process process) throws IOException, InterruptedException {
        try (Attended _ = Attended.of(process)) {
            Thread writer =
                    Thread.ofVirtual().start(() -> write(process, texts)); // it may write before it has read all
            String said = new String(process.getInputStream().readAllBytes(), UTF_8);
            writer.join();
            int code = process.waitFor();
            if (code != 0) {
                throw failed("ended with exit code " + code);
            }
            return vectors(said, texts.size());
        } finally {
            process.destroy();
        }
    }

    private static void write(Process process, List<String> texts) {
        try (OutputStream in = process.getOutputStream()) {
            for (String text : texts) {
                in.write((Json.of(text).text() + "\n").getBytes(UTF_8));
            }
        } catch (IOException ended) {
            // Before it has read all: what it wrote, and its exit code, say more.
        }
    }

    private List<float[]> vectors(String said, int wanted) {
        List<String> lines = said.lines().filter(line -> !line.isBlank()).toList();
        if (lines.size() != wanted) {
            throw failed("made " + lines.size() + " vectors of " + wanted + " texts");
        }
        List<float[]> vectors = new ArrayList<>();
        for (String line : lines) {
            vectors.add(vector(line, vectors.size() + 1));
        }
        return vectors;
    }

    private float[] vector(String line, int number) {
        String shown = line.length() <= SHOWN_LENGTH ? line : line.substring(0, SHOWN_LENGTH) + "...";
        return JsonReader.tryParse(line.getBytes(UTF_8))
                .flatMap(UntypedJson::vector)
                .orElseThrow(
                        () -> failed("wrote '" + shown + "' as line " + number + ", which is no array of numbers"));
    }

    private Failure failed(String what) {
        return new Failure(
                command.getFirst() + " " + what + "; it is to read texts from standard input, a JSON string a"
                        + " line, and to write an array of numbers for each, on a line of its own");
    }
}
