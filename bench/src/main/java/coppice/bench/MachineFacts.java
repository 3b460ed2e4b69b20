package coppice.bench;

import com.sun.management.OperatingSystemMXBean;
import coppice.bench.search.NumpyVectors;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What the numbers were measured on.
final class MachineFacts {
    private static final Pattern LIBRARY =
            Pattern.compile("(rocksdbjni|lmdbjava|h2|xodus-environment|sqlite-jdbc|lucene-core)-\\d.*");

    private MachineFacts() {}

    static Map<String, Object> collect(Plan plan) throws IOException {
        var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("date", LocalDate.now(ZoneOffset.UTC).toString());
        facts.put("processor", processor() + ", " + Runtime.getRuntime().availableProcessors() + " cores");
        facts.put("memory", Math.round(system.getTotalMemorySize() / 1e9) + " GB");
        facts.put("system", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        facts.put("filesystem", Files.getFileStore(plan.directory()).type());
        facts.put("jvm", System.getProperty("java.vm.name") + " " + Runtime.version());
        facts.put("libraries", libraries());
        facts.put("numpy", NumpyVectors.version().orElse("not found, so nothing is compared with it"));
        facts.put("size", plan.records());
        facts.put("large size", plan.manyRecords());
        facts.put("timed seconds", plan.seconds());
        facts.put("idle seconds", plan.idleSeconds());
        return facts;
    }

    private static String processor() throws IOException {
        Path cpus = Path.of("/proc/cpuinfo");
        List<String> lines = Files.exists(cpus) ? Files.readAllLines(cpus) : List.of();
        return lines.stream()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse(System.getProperty("os.arch"));
    }

    private static String libraries() {
        return Arrays.stream(System.getProperty("java.class.path").split(Pattern.quote(java.io.File.pathSeparator), -1))
                .map(entry -> Path.of(entry).getFileName().toString())
                .filter(LIBRARY.asMatchPredicate())
                .map(name -> name.substring(0, name.length() - ".jar".length()))
                .collect(Collectors.joining(", "));
    }
}
