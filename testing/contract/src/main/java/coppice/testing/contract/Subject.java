package coppice.testing.contract;

import coppice.testing.contract.model.Home;

/// The implementation under test, with a place of its own for one database. Made anew for each test.
public interface Subject extends Home {}
