#include "topics.h"

#include "calendar.h"
#include "desks.h"
#include "drift.h"
#include "feedback.h"
#include "facilities.h"
#include "intake.h"
#include "keep.h"
#include "measures.h"
#include "pathways.h"
#include "people.h"
#include "projects.h"
#include "regions.h"
#include "rules.h"
#include "steady.h"
#include "staff.h"
#include "stock.h"

#include <string.h>

/* Fields that no topic reads hold for all replications alike: dates and lengths of the run, what
 * things are called, which series there are. */
const struct topic plan_topics[] = {
    {PART_SITES, plan_regions_create, plan_regions_free, {NULL}},
    {PART_SITES, plan_facilities_create, plan_facilities_free, {"house_selection.hand_off"}},
    {PART_SITES, plan_calendar_create, plan_calendar_free, {"facilities", "capacity_word"}},
    {PART_SITES,
     plan_projects_create,
     plan_projects_free,
     {"stages", "hand_over", "coordination", "master_plan", "facilities", "capacity_word"}},
    {PART_RULES,
     plan_rules_create,
     NULL,
     {"house_selection", "evaluation", "allocation", "balance", "small_scale_cap", "earliest_share",
      "earliest_share_repeat"}},
    {PART_DESKS, plan_desks_create, plan_desks_free, {"desks"}},
    {PART_PATHWAYS, plan_pathways_create, plan_pathways_free, {"pathways", "classes", "desks"}},
    {PART_PATHWAYS, plan_people_create, NULL, {"people"}},
    {PART_INTAKE, plan_drift_create, plan_drift_free, {"drift"}},
    {PART_INTAKE, plan_feedback_create, plan_feedback_free, {"feedback"}},
    {PART_INTAKE,
     plan_intake_create,
     plan_intake_free,
     {"intake", "intake_level", "intake_matches_stock", "come_back", "intake_counts"}},
    {PART_STEADY,
     plan_steady_create,
     plan_steady_free,
     {"pathways", "classes.sentence", "classes.served", "classes.repeat", "desks.time",
      "earliest_share", "earliest_share_repeat"}},
    {PART_STOCK, plan_stock_create, plan_stock_free, {"stock", "facilities.region"}},
    {PART_KEEP, plan_keep_create, plan_keep_free, {"record"}},
    {PART_MEASURES, plan_measures_create, plan_measures_free, {"measures"}},
    {PART_STAFF,
     plan_staff_create,
     plan_staff_free,
     {"pressure", "staff", "strikes", "facilities.posts"}},
};
const size_t plan_topic_count = sizeof plan_topics / sizeof *plan_topics;

bool
topic_reads(const struct topic *topic, const char *path)
{
    for (size_t i = 0; i < TOPIC_MOST_READS && topic->reads[i] != NULL; i++) {
        size_t length = strlen(topic->reads[i]);
        if (strncmp(topic->reads[i], path, length) == 0 &&
            (path[length] == '\0' || path[length] == '.'))
            return true;
    }
    return false;
}
