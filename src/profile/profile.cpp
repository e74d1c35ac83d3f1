// SPDX-License-Identifier: Apache-2.0
#include "profile/profile.hpp"

#include <unistd.h>

#include <optional>
#include <system_error>
#include <utility>

#include "profile/dotenv.hpp"
#include "profile/environment.hpp"
#include "profile/evaluate.hpp"
#include "profile/layers.hpp"
#include "profile/profile_decode.hpp"
#include "profile/profile_rules.hpp"
#include "profile/profile_sources.hpp"
#include "util/files.hpp"
#include "util/schema.hpp"

namespace dpctl {
namespace {

namespace fs = std::filesystem;
using Variables = std::map<std::string, std::string>;

/// Lays the layers over the profile one by one; each function is a layer.
class Loader {
 public:
  Loader(const Assets& assets, const ProfileRequest& request, Json schema)
      : assets_(assets), request_(request), schema_(std::move(schema)) {}

  Result<Profile> load() {
    source_ = TRY(read_profile(assets_, request_.profile));
    TRY(add_env_file());
    TRY(add_variables(request_.environment, ""));
    for (const fs::path& file : request_.files) {
      TRY(add_profile_file(source_, file));
    }
    TRY(add_options(request_.set, "--set ", SetTypes::guessed));
    TRY(add_options(request_.set_string, "--set-string ", SetTypes::strings));
    TRY(add_choices());
    TRY(evaluate_texts());
    const Schema compiled = TRY(Schema::compile(schema_, "of profiles"));
    TRY(check_document(compiled, source_.document));
    Profile profile = decode_profile(std::move(source_.document), source_.folders);
    profile.warnings = std::move(warnings_);
    TRY(check_profile_rules(profile, assets_));
    return profile;
  }

 private:
  Result<> add_env_file() {
    const std::string name = string_at(source_.document.value, "envFile");
    if (name.empty()) {
      return {};
    }
    const SourcePos place = source_.document.position("/envFile");
    const auto folder = source_.folders.find(place.file);
    const fs::path path = folder == source_.folders.end() ? fs::path(name) : folder->second / name;
    auto text = read_file(path);
    if (!text) {
      Error error = std::move(text).error();
      error.where = place;
      return fail(std::move(error));
    }
    env_ = TRY(parse_dotenv(*text, path.string()));
    return add_variables(env_, path.string() + ": ");
  }

  Result<> add_variables(const Variables& variables, const std::string& origin) {
    const EnvironmentChanges found = TRY(environment_changes(variables, schema_, assets_));
    for (const EnvironmentChange& change : found.changes) {
      const std::string place = origin + change.variable;
      TRY(assign(source_.document, change.assignment, place));
      if (!origin.empty()) {
        source_.folders[place] = fs::path(origin).parent_path();
      }
    }
    for (const std::string& name : found.unknown) {
      warnings_.push_back(origin + name +
                          " is set, but changes nothing: no key of the profile has that name");
    }
    return {};
  }

  Result<> add_options(const std::vector<std::string>& options, const std::string& flag,
                       SetTypes types) {
    for (const std::string& option : options) {
      const std::vector<Assignment> assignments = TRY(parse_set_option(option, types));
      for (const Assignment& assignment : assignments) {
        TRY(assign(source_.document, assignment, flag + option));
      }
    }
    return {};
  }

  Result<> add_choices() {
    for (const std::string& name : request_.with) {
      TRY(assign(source_.document, {{"components", name}, true}, "--with " + name));
    }
    for (const std::string& name : request_.without) {
      TRY(assign(source_.document, {{"components", name}, false}, "--without " + name));
    }
    return {};
  }

  /// ${profile.name} and ${env.NAME} in what says where the platform runs and where its parts come
  /// from. Values of components are left alone: they may hold ${…} of other languages.
  Result<> evaluate_texts() {
    YamlDocument part{Json::object(), source_.document.file, source_.document.positions};
    for (const char* key : {"cluster", "charts", "images"}) {
      if (source_.document.value.contains(key)) {
        part.value[key] = source_.document.value[key];
      }
    }
    const std::optional<Json> evaluated = TRY(evaluate(part, context()));
    for (const auto& [key, value] : part.value.items()) {
      source_.document.value[key] = evaluated ? evaluated->value(key, Json()) : Json();
    }
    return {};
  }

  Json context() const {
    const Json& document = source_.document.value;
    Json env = env_;
    for (const auto& [name, value] : env_) {
      if (const auto own = request_.environment.find(name); own != request_.environment.end()) {
        env[name] = own->second;
      }
    }
    const std::string name = string_at(document, "metadata.name");
    return {{"profile", {{"name", name}, {"title", string_at(document, "metadata.title", name)}}},
            {"env", env}};
  }

  const Assets& assets_;
  const ProfileRequest& request_;
  Json schema_;
  ProfileSource source_;
  Variables env_;
  std::vector<std::string> warnings_;
};

}  // namespace

std::string_view to_string(Provider provider) {
  switch (provider) {
    case Provider::kwok:
      return "kwok";
    case Provider::existing:
      return "existing";
    case Provider::eks:
      return "eks";
    case Provider::kind:
      break;
  }
  return "kind";
}

const Json& Profile::values_of(std::string_view component) const {
  static const Json none = Json::object();
  const auto found = values.find(std::string(component));
  return found == values.end() ? none : *found;
}

std::map<std::string, std::string> process_environment() {
  std::map<std::string, std::string> variables;
  for (char** at = environ; at != nullptr && *at != nullptr; ++at) {
    const std::string_view entry(*at);
    const std::size_t equals = entry.find('=');
    if (equals != std::string_view::npos) {
      variables.emplace(entry.substr(0, equals), entry.substr(equals + 1));
    }
  }
  return variables;
}

Result<Assets> assets_for(const ProfileRequest& request, const fs::path& folder) {
  Assets assets;
  const fs::path beside = fs::path(request.profile).parent_path() / "dpctl.d";
  std::error_code error;
  if (is_profile_path(request.profile) && fs::is_directory(beside, error)) {
    TRY(assets.add_folder(beside));
  }
  if (!folder.empty()) {
    TRY(assets.add_folder(folder));
  }
  return assets;
}

Result<Profile> load_profile(const Assets& assets, const ProfileRequest& request) {
  const Asset schema = TRY(assets.read("templates/schemas/profile.schema.json"));
  return Loader(assets, request, TRY(parse_json(schema.text, schema.name))).load();
}

Json template_context(const Profile& profile) {
  const ClusterSpec& cluster = profile.cluster;
  return {{"profile", {{"name", profile.name}, {"title", profile.title}}},
          {"cluster",
           {{"provider", to_string(cluster.provider)},
            {"name", cluster.name},
            {"kubernetes", cluster.kubernetes},
            {"controlPlanes", cluster.control_planes},
            {"workers", cluster.workers},
            {"nodes", cluster.nodes()},
            {"storageClass", cluster.storage_class}}}};
}

}  // namespace dpctl
