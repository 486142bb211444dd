// zeren (责任) for C++11 and later: handles that free themselves, and refusals as exceptions. Only this header and zeren.h.
//
// Text is UTF-8 in std::string; what goes in and comes out is JSON, said in zeren.h at each function. Handles can be moved,
// not copied; share one between threads by std::shared_ptr.
#ifndef ZEREN_HPP
#define ZEREN_HPP

#include <memory>
#include <stdexcept>
#include <string>
#include <utility>

#include "zeren.h"

namespace zeren {

// A call was refused; the state is as it was before. what() has a line a finding, in Chinese and English.
class error : public std::runtime_error {
 public:
  error(int32_t status, const std::string &message, std::string json)
      : std::runtime_error(message), status_(status), json_(std::move(json)) {}
  // The number of zeren.h, for example ZEREN_REFUSED.
  int32_t status() const noexcept { return status_; }
  // The whole error: kind, status, and findings with code, pointer and sentences.
  const std::string &json() const noexcept { return json_; }

 private:
  int32_t status_;
  std::string json_;
};

// The ledger has moved on: roll back, follow the new lines, then prepare again.
class conflict : public error {
 public:
  using error::error;
};

namespace detail {

class text {
 public:
  text() = default;
  text(const text &) = delete;
  text &operator=(const text &) = delete;
  ~text() { zeren_text_free(&raw); }
  std::string str() const { return std::string(raw.data ? raw.data : "", raw.len); }
  zeren_text raw = {nullptr, 0};
};

inline void check(int32_t status, zeren_error *raw) {
  std::unique_ptr<zeren_error, void (*)(zeren_error *)> told(raw, zeren_error_free);
  if (status == ZEREN_OK) return;
  text message, json;
  if (zeren_error_message(told.get(), &message.raw) != ZEREN_OK || zeren_error_json(told.get(), &json.raw) != ZEREN_OK)
    throw error(status, "zeren: status " + std::to_string(status), "");
  if (status == ZEREN_CONFLICT) throw conflict(status, message.str(), json.str());
  throw error(status, message.str(), json.str());
}

template <typename T>
struct deleter {
  void (*free)(T *);
  void operator()(T *handle) const noexcept { free(handle); }
};

template <typename T>
using handle = std::unique_ptr<T, deleter<T>>;

template <typename T>
handle<T> own(T *raw, void (*free)(T *)) {
  return handle<T>(raw, deleter<T>{free});
}

// A call that gives text.
template <typename Call>
std::string ask(Call call) {
  text out;
  zeren_error *failed = nullptr;
  int32_t status = call(&out.raw, &failed);
  check(status, failed);
  return out.str();
}

}  // namespace detail

// The version of the library that was loaded.
inline std::string version() {
  return detail::ask([](zeren_text *out, zeren_error **) { return zeren_version(out); });
}

// Throws unless the library that was loaded fits the header that this program was compiled with. Call it first.
inline void require_abi() {
  if (zeren_abi_version() != ZEREN_ABI_VERSION)
    throw std::runtime_error("the zeren library has ABI " + std::to_string(zeren_abi_version()) + ", this program needs " +
                             std::to_string(ZEREN_ABI_VERSION));
}

// Checks the chain of stored lines and gives their head as JSON.
inline std::string verify(const std::string &ledger, const std::string &lines) {
  return detail::ask([&](zeren_text *out, zeren_error **failed) {
    return zeren_ledger_verify(ledger.data(), ledger.size(), lines.data(), lines.size(), out, failed);
  });
}

// A batch that was checked and has not happened yet; without a commit it leaves everything as it was.
class prepared {
 public:
  prepared(zeren_prepared *raw, std::string lines)
      : handle_(detail::own(raw, zeren_prepared_free)), lines_(std::move(lines)) {}
  // The lines to store, each ended by a line feed; empty when the ledger holds every act already.
  const std::string &lines() const noexcept { return lines_; }
  std::string receipts() const {
    return detail::ask(
        [&](zeren_text *out, zeren_error **failed) { return zeren_prepared_receipts(get(), out, failed); });
  }
  const zeren_prepared *get() const noexcept { return handle_.get(); }

 private:
  detail::handle<zeren_prepared> handle_;
  std::string lines_;
};

// The state that a ledger leads to.
class system {
 public:
  // The system that stored lines lead to; of an empty ledger without them.
  explicit system(const std::string &ledger, const std::string &lines = "")
      : handle_(detail::own<zeren_system>(nullptr, zeren_system_free)) {
    zeren_system *raw = nullptr;
    zeren_error *failed = nullptr;
    int32_t status = zeren_system_open(ledger.data(), ledger.size(), lines.data(), lines.size(), &raw, &failed);
    detail::check(status, failed);
    handle_.reset(raw);
  }
  // Checks a batch and changes nothing. Throws conflict when the head has moved.
  zeren::prepared prepare(const std::string &request) {
    zeren_prepared *raw = nullptr;
    detail::text lines;
    zeren_error *failed = nullptr;
    int32_t status = zeren_system_prepare(get(), request.data(), request.size(), &raw, &lines.raw, &failed);
    detail::check(status, failed);
    return zeren::prepared(raw, lines.str());
  }
  // Takes a batch over, once its lines are stored.
  void commit(const zeren::prepared &batch) {
    zeren_error *failed = nullptr;
    int32_t status = zeren_system_commit(get(), batch.get(), &failed);
    detail::check(status, failed);
  }
  // Takes over lines that others have stored since the head: all of them or none.
  void follow(const std::string &lines) {
    zeren_error *failed = nullptr;
    int32_t status = zeren_system_follow(get(), lines.data(), lines.size(), &failed);
    detail::check(status, failed);
  }
  // Answers a question, as JSON.
  std::string view(const std::string &query) const {
    return detail::ask([&](zeren_text *out, zeren_error **failed) {
      return zeren_system_view(get(), query.data(), query.size(), out, failed);
    });
  }
  // Where this system stands, as a request wants it.
  std::string head() const { return view("{\"view\":\"head\",\"day\":\"2000-01-01\"}"); }
  const zeren_system *get() const noexcept { return handle_.get(); }

 private:
  detail::handle<zeren_system> handle_;
};

// A scheme of an assessment. It never changes.
class scheme {
 public:
  explicit scheme(const std::string &document) : handle_(detail::own<zeren_scheme>(nullptr, zeren_scheme_free)) {
    zeren_scheme *raw = nullptr;
    zeren_error *failed = nullptr;
    int32_t status = zeren_scheme_parse(document.data(), document.size(), &raw, &failed);
    detail::check(status, failed);
    handle_.reset(raw);
  }
  std::string about() const {
    return detail::ask([&](zeren_text *out, zeren_error **failed) { return zeren_scheme_about(get(), out, failed); });
  }
  // The table that its adopters approve, in Markdown.
  std::string read_back() const {
    return detail::ask(
        [&](zeren_text *out, zeren_error **failed) { return zeren_scheme_read_back(get(), out, failed); });
  }
  // Findings about the scheme itself.
  std::string check() const {
    return detail::ask([&](zeren_text *out, zeren_error **failed) { return zeren_scheme_check(get(), out, failed); });
  }
  // The sheet of one facts document.
  std::string score(const std::string &facts) const {
    return detail::ask([&](zeren_text *out, zeren_error **failed) {
      return zeren_scheme_score(get(), facts.data(), facts.size(), out, failed);
    });
  }
  // The sheets of an array of facts documents that are compared with each other.
  std::string score_cohort(const std::string &facts) const {
    return detail::ask([&](zeren_text *out, zeren_error **failed) {
      return zeren_scheme_score_cohort(get(), facts.data(), facts.size(), out, failed);
    });
  }
  const zeren_scheme *get() const noexcept { return handle_.get(); }

 private:
  detail::handle<zeren_scheme> handle_;
};

// An assessment year: keeps what each scheme gave, for the schemes that include it.
class year {
 public:
  year() : handle_(detail::own<zeren_year>(nullptr, zeren_year_free)) {
    zeren_year *raw = nullptr;
    zeren_error *failed = nullptr;
    int32_t status = zeren_year_new(&raw, &failed);
    detail::check(status, failed);
    handle_.reset(raw);
  }
  // Scores a roster from the facts of the ledger; `query` as zeren_year_assess says.
  std::string assess(const system &state, const scheme &rules, const std::string &query) {
    return detail::ask([&](zeren_text *out, zeren_error **failed) {
      return zeren_year_assess(handle_.get(), state.get(), rules.get(), query.data(), query.size(), out, failed);
    });
  }

 private:
  detail::handle<zeren_year> handle_;
};

}  // namespace zeren

#endif
