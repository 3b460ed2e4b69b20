package coppice.engine;

import coppice.api.MergeRule;
import coppice.engine.merge.Policies;
import coppice.engine.merge.RuleFormat;
import java.util.List;

/// The merge rules, among the settings.
record StoredRules(Settings settings) implements Policies.Store {
    static final String AREA = "merge";
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
