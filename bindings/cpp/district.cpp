// The first case: district examples/district OUT. Two years of acts, what the checks find, and the scores.
#include "zeren.hpp"

#include <dirent.h>
#include <sys/stat.h>

#include <algorithm>
#include <fstream>
#include <iostream>
#include <iterator>
#include <vector>

static std::string out, stored;

static std::string read(const std::string &path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw std::runtime_error("cannot read " + path);
  return std::string(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
}

static void write(const std::string &name, const std::string &text) {
  std::ofstream file(out + "/" + name, std::ios::binary);
  file << text;
  if (!file.flush()) throw std::runtime_error("cannot write " + name);
}

// A request without a head, with the head that the system shows.
static std::string request(const zeren::system &system, const std::string &document) {
  return "{\"head\":" + system.head() + "," + document.substr(document.find('{') + 1);
}

// Enters every request of a folder, in the order of their names: prepare, store, commit.
static void enter(zeren::system &system, const std::string &folder) {
  std::vector<std::string> names;
  DIR *entries = opendir(folder.c_str());
  if (!entries) throw std::runtime_error("cannot list " + folder);
  while (dirent *entry = readdir(entries))
    if (entry->d_name[0] != '.') names.push_back(entry->d_name);
  closedir(entries);
  std::sort(names.begin(), names.end());
  for (const std::string &name : names) {
    zeren::prepared batch = system.prepare(request(system, read(folder + "/" + name)));
    stored += batch.lines();
    system.commit(batch);
  }
}

static void names() {
  zeren::system system("生僻字");
  zeren::prepared batch = system.prepare(request(
      system,
      "{\"time\":\"2023-01-04T09:00:00+08:00\",\"operator\":\"u-17\",\"acts\":[{\"act\":\"units.founded\",\"id\":\"a-1\","
      "\"effective\":\"2023-01-01\",\"units\":[{\"id\":\"u-𬱖\",\"name\":\"䶮㙍𬱖𫘦𨱔镇\",\"class\":\"镇\"}]}]}"));
  write("names.jsonl", batch.lines());
  system.commit(batch);
  write("names.json", system.view("{\"view\":\"unit\",\"day\":\"2023-06-30\",\"unit\":\"u-𬱖\"}"));
}

static void refused(zeren::system &system) {
  try {
    system.prepare(request(system,
                           "{\"time\":\"2024-01-31T09:00:00+08:00\",\"operator\":\"office-1\",\"acts\":[{\"act\":"
                           "\"unit.ended\",\"id\":\"x\",\"effective\":\"2024-01-01\",\"unit\":\"无此单位\"}]}"));
  } catch (const zeren::error &error) {
    write("refused.json", error.json());
  }
}

static void run(const std::string &district) {
  zeren::require_abi();
  zeren::system system("示例新区");
  enter(system, district + "/2022");
  write("findings-2022.json", system.view("{\"view\":\"findings\",\"day\":\"2022-12-31\"}"));
  write("cascade-2022.json", system.view("{\"view\":\"cascade\",\"day\":\"2022-12-31\"}"));
  zeren::scheme trial(read(district + "/schemes/2022-trial.json"));
  write("trial-2022.json",
        zeren::year().assess(system, trial, "{\"day\":\"2022-12-31\",\"subjects\":[\"s-xinqu\"]}"));

  enter(system, district + "/2023");
  zeren::scheme own(read(district + "/schemes/2023.json")), annual(read(district + "/schemes/2023-annual.json"));
  write("table-2023.md", own.read_back());
  zeren::year year;
  write("sheets-2023.json", year.assess(system, own, "{\"day\":\"2024-01-31\"}"));
  write("annual-2023.json", year.assess(system, annual, "{\"day\":\"2024-01-31\"}"));

  write("ledger.jsonl", stored);
  if (zeren::system("示例新区", stored).head() != system.head() || zeren::verify("示例新区", stored) != system.head())
    throw std::runtime_error("the stored lines lead elsewhere");
  refused(system);
  names();
}

int main(int count, char **arguments) {
  if (count != 3) return 2;
  try {
    out = arguments[2];
    mkdir(out.c_str(), 0777);
    run(arguments[1]);
    return 0;
  } catch (const std::exception &error) {
    std::cerr << error.what() << '\n';
    return 1;
  }
}
