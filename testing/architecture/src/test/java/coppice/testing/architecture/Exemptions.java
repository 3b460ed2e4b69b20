package coppice.testing.architecture;

import coppice.testing.architecture.Tidiness.Finding;
import java.util.ArrayList;
import java.util.List;

/// The ratchet: what may break a rule of [Tidiness], how far, and why. It only turns one way: an entry that grows past
/// its amount fails, and so does one that is no longer needed or could be lower.
record Exemptions(List<Entry> entries) {
    /// One line of the list: `place | rule | amount | reason`.
    record Entry(String place, String rule, long amount, String reason) {
        boolean covers(Finding finding) {
            return place.equals(finding.place()) && rule.equals(finding.rule());
        }
    }

    static Exemptions parse(List<String> lines) {
        return new Exemptions(lines.stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(Exemptions::entry)
                .toList());
    }

    private static Entry entry(String line) {
        String[] parts = line.split("\\|", 4);
        if (parts.length != 4 || parts[3].isBlank()) {
            throw new IllegalArgumentException("an exemption reads `place | rule | amount | reason`: " + line);
        }
        return new Entry(parts[0].strip(), parts[1].strip(), Long.parseLong(parts[2].strip()), parts[3].strip());
    }

    /// What is wrong with these findings, in words; empty when they and the list agree.
    List<String> complaints(List<Finding> findings) {
        List<String> complaints = new ArrayList<>();
        for (Finding finding : findings) {
            long allowed = entries.stream()
                    .filter(entry -> entry.covers(finding))
                    .mapToLong(Entry::amount)
                    .findFirst()
                    .orElse(0);
            if (finding.amount() > allowed) {
                complaints.add(finding.place() + ": " + finding.rule() + " is " + finding.amount()
                        + "; mend it, or give the reason in testing/architecture/exemptions.txt");
            }
        }
        for (Entry entry : entries) {
            long actual = findings.stream()
                    .filter(entry::covers)
                    .mapToLong(Finding::amount)
                    .findFirst()
                    .orElse(0);
            if (actual < entry.amount()) {
                complaints.add(entry.place() + ": " + entry.rule() + " is down to " + actual
                        + "; turn the ratchet in testing/architecture/exemptions.txt (remove the line when it is 0)");
            }
        }
        return complaints;
    }
}
