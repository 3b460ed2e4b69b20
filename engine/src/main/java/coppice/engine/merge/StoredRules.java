package coppice.engine.merge;

import coppice.api.MergeRule;
import coppice.engine.live.Settings;
import coppice.engine.waiting.RuleFormat;
import java.util.List;

/// The merge rules, among the settings.
public record StoredRules(Settings settings) implements Policies.Store {
    /// The area of the settings that holds them.
    public static final String AREA = "merge";
    private static final String KEY = "rules";

    @Override
    public List<MergeRule> load() {
        return settings.find(AREA, KEY).map(RuleFormat::decode).orElse(List.of());
    }

    @Override
    public void save(List<MergeRule> rules) {
        settings.put(AREA, KEY, RuleFormat.encode(rules));
    }
}
