package coppice.api.structure;

import coppice.async.TwinProcessor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/// Sources compiled in memory, with twins made of them, as strictly as the build does.
///
/// @param complaints of the compiler: line and message
/// @param files what was written, by qualified name with its ending: sources and classes
record Compilation(List<String> complaints, Map<String, Written> files) {
    private static final List<String> OPTIONS = List.of(
            "-Xlint:all,-processing",
            "-Xdoclint:reference,syntax,html",
            "-XDaddTypeAnnotationsToSymbol=true",
            "-proc:full");

    static final class Written extends SimpleJavaFileObject {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        Written(String name, Kind kind) {
            super(URI.create("memory:///" + name.replace('.', '/') + kind.extension), kind);
        }

        @Override
        public OutputStream openOutputStream() {
            return bytes;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return bytes.toString(StandardCharsets.UTF_8);
        }
    }

    private static final class Memory extends ForwardingJavaFileManager<JavaFileManager> {
        final Map<String, Written> files = new HashMap<>();

        Memory(JavaFileManager around) {
            super(around);
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                Location location, String name, JavaFileObject.Kind kind, FileObject sibling) {
            Written file = new Written(name, kind);
            files.put(name + kind.extension, file);
            return file;
        }
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String text) {
            super(URI.create("memory:///" + path(text)), Kind.SOURCE);
            this.text = text;
        }

        /// The file that javac expects a public type in.
        private static String path(String text) {
            String home =
                    text.replaceFirst("(?s).*?^?package ([\\w.]+);.*", "$1").replace('.', '/');
            String name = text.replaceFirst(
                    "(?s).*?\\n(?:@\\w+ )?(?:public )?(?:final |abstract )?(?:@?interface|class|record|enum) (\\w+).*",
                    "$1");
            return home + '/' + name + ".java";
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }

    /// @param sources each begins with its package, and has one type at the beginning of a line
    static Compilation of(String... sources) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
        try (Memory memory = new Memory(compiler.getStandardFileManager(diagnostics, Locale.ROOT, null))) {
            JavaCompiler.CompilationTask task = compiler.getTask(
                    null,
                    memory,
                    diagnostics,
                    OPTIONS,
                    null,
                    Stream.of(sources).map(Source::new).toList());
            task.setProcessors(List.of(new TwinProcessor()));
            task.call();
            List<String> complaints = new ArrayList<>();
            diagnostics
                    .getDiagnostics()
                    .forEach(diagnostic ->
                            complaints.add(diagnostic.getLineNumber() + ": " + diagnostic.getMessage(Locale.ROOT)));
            return new Compilation(complaints, memory.files);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The source of a twin.
    String source(String name) {
        return files.get(name + ".java").getCharContent(true).toString();
    }
}
